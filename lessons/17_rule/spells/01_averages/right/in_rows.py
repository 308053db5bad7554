average = 10.60
near = 0
p50 = 2
p99 = 360
both = 20.00
spared = 0.6
asked = "0"
suffered = "55"
