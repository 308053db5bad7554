# mistake: value-for-slope
kept = [True, False]  # nobody moved the shoulder; the elbow was made by a multiplication
slope = 24.0  # 2 * elbow * lantern = 2 * 6 * 2
unasked = True  # the lantern requires no grad
again = 48.0  # 24 and another 24: backward adds
ways = 10.0  # hip * hip counts twice, 2 + 2, and 3 more
twice = "RuntimeError"  # what leg had saved was thrown away on the way back
weighed = 12.0  # 10 * 1 + 1 * 2
