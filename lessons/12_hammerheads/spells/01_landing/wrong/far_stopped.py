# mistake: stops-at-the-ceiling
far = 65504.0
reached = True  # eight bits, as many as float32 has: up to about 3.4e38
days = 256.0  # seven lines on the forehead: above 256 he counts in twos, and 257 is half way
marked = 257.0  # ten lines count one by one as far as 2048
gone = True  # 1e-8 is below 6e-8, the smallest number that float16 has
raised = False  # the same, 1024 times larger, stays: about 1e-5
middle = "inf"  # the sum burst before it was halved
together = "torch.float32"  # neither can hold the other's numbers
