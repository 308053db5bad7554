average = "10.6"
near = "0"
p50 = 2.0
p99 = 360.0
both = 20.0
spared = "0.6"
asked = 0.0
suffered = 55.0
