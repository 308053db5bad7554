# What stirs, and what keeps still? Plain values only, in place of ...

said = ...  # how many of the six parameters still want a gradient, after body.requires_grad = False
left = ...  # how many numbers can still learn, after body.requires_grad_(False)
thread = ...  # True or False: does what comes out of the body want a gradient
moved = ...  # how many of the nine entries are other after a step, in training mode
grad = ...  # the gradient of the first lens after that step, as it is printed (a word, in quotes)
quiet = ...  # how many of the nine are other after a step in eval mode
late = ...  # True or False: frozen after a backward, is the lens after the step what it was
loose = ...  # the name of an error, or "nothing" if there is none
