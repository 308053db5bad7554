# What does the water do? Plain values only, in place of ...; slopes rounded to two places.

told = 50.0  # the norm as it was, before: worth noting
left = [0.6, 0.8]  # all of it made shorter by the same factor; it points where it pointed
small = [0.3, 0.4]  # its norm is 0.5, and what is within bounds is left alone
by_value = [1.0, 0.4]  # each number for itself: it points somewhere else now
apart = [1.0, 1.0]  # 3 to 4 has become 1 to 1
afterwards = -50.0  # the step was taken dry
too_late = [True, False]  # the factor is 1 / inf = 0, and 0 * inf is nan
aloud = RuntimeError
