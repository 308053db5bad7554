# mistake: crash-is-told
many = 3
first = ("Linear", (5, 6), (5, 4))
by_forward = 0
before_the_crash = 3
swept = True
after_remove = 0
passing = 12.0
