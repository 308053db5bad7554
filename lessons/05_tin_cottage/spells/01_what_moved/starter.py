# What moved what? Plain values only, in place of ...: the oil-can is waiting.

kept = ...  # [shoulder.is_leaf, elbow.is_leaf]
slope = ...  # shoulder.grad.item(), after the first backward
unasked = ...  # lantern.grad is None
again = ...  # shoulder.grad.item(), after the second axe
ways = ...  # hip.grad.item(): there are three ways from the leg to the hip
twice = ...  # a number, or the name of an error: backward through the same leg again
weighed = ...  # hip.grad.item(), cleared first, after stride.backward(...)
