# What does the water do? Plain values only, in place of ...; slopes rounded to two places.

told = ...  # what clip_grad_norm_([w], 1.0) gives back, for the slopes 30 and 40
left = ...  # the slopes afterwards
small = ...  # 0.3 and 0.4, after clip_grad_norm_([w], 1.0)
by_value = ...  # 30 and 0.4, after clip_grad_value_([w], 1.0)
apart = ...  # 30 and 40, in two parameters, each clipped by itself
afterwards = ...  # w, from 0, after a step of lr 1 along 50, and then clip_grad_norm_
too_late = ...  # inf and 4, after clip_grad_norm_: which are nan? a list of True and False
aloud = ...  # the same with error_if_nonfinite=True: a number, or the name of an error
