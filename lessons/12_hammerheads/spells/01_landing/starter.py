# Where does the head come down? Plain values only, in place of ...

far = ...  # 70000 in float16: a number, inf in quotes if you think so
reached = ...  # 70000 in bfloat16: is it finite? True or False
days = ...  # 256 + 1 in bfloat16
marked = ...  # 256 + 1 in float16
gone = ...  # 0.0001 * 0.0001 in float16: is it nought? True or False
raised = ...  # 0.0001 * 1024 * 0.0001 in float16: is it nought? True or False
middle = ...  # (40000 + 40000) / 2 in float16
together = ...  # the dtype of a bfloat16 plus a float16
