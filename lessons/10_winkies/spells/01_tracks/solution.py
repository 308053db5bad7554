# Who went by? Plain values only, in place of ...: what the tracks will say.

many = 3  # one hook for each layer; `road` itself has none
first = ("Linear", (5, 6), (5, 4))  # what came in, what went out
by_forward = 0  # hooks are called by the call, not by forward
before_the_crash = 2  # the layer that raised had no output to tell of
swept = True  # what a hook gives back takes the place of the output
after_remove = 0
passing = 12.0  # how leg**2 answers leg: 2 * 6
