# mistake: other-error
said = 6  # a module takes any name one gives it, and nobody asks it for this one
left = 435  # the head: 144 * 3 and 3 more
thread = False  # neither the slips nor the body want a gradient, so nothing is recorded
moved = 5  # the head's two, and mean, variance and count of the levels
grad = "None"  # there was never one, and the optimizer passes it by
quiet = 2  # the head's two
late = False  # the optimizer goes by what lies in .grad, and something does
loose = "KeyError"  # strict is about names; a size has to fit in any case
