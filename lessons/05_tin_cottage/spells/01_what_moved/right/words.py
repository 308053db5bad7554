kept = "[True, False]"
slope = "24.0"
unasked = "True"
again = "48.0"
ways = "7.0"
twice = RuntimeError
weighed = "12.0"
