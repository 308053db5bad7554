# mistake: shape-of-weight
many = 3
first = ("Linear", (4, 6), (4,))
by_forward = 0
before_the_crash = 2
swept = True
after_remove = 0
passing = 12.0
