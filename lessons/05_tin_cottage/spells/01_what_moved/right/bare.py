kept = True, False
slope = 24.0
unasked = True
again = 4.8e1
ways = 7
twice = RuntimeError
weighed = 12
