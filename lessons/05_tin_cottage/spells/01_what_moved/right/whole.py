kept = (True, False)
slope = 24
unasked = True
again = 48
ways = 7
twice = "RuntimeError"
weighed = 12
