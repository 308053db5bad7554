# What comes out? A shape as a tuple, or RuntimeError. Plain values only, in place of None.

load = None  # (road + torch.zeros(3)).shape; the road is (4, 3)
columns = None  # (road + torch.zeros(4)).shape
post = None  # (torch.zeros(4, 1) + torch.zeros(3)).shape
yards = None  # (torch.zeros(2, 1, 3) + torch.zeros(4, 1)).shape
ruler = None  # (torch.zeros(5, 1) - torch.zeros(5)).shape
marks = None  # (tens + ones).tolist(); tens is [[10], [20]], ones is [1, 2, 3]
steps = None  # torch.zeros(4, 1).expand(4, 3).stride()
