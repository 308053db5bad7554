# Two lines are printed. Each says whether the two sides are equal: True or False.

book = None    # print(0.1 + 0.2 == 0.3)
scales = None  # print(torch.tensor(0.1) + torch.tensor(0.2) == torch.tensor(0.3))
