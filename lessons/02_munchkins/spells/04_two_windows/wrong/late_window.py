# mistake: late-window
hat = [0, 1, 90, 3, 4, 5]  # a slice is a window: its number 0 is the river's number 2
bucket = [0, 0]  # clone and a list of indices both copy
deep = [70, 1, 90, 3, 4, 5]  # a mask gathers a copy
table = [[2, 3, 4], 55]  # window and view look at the one storage
page = [8.0, 0.0]  # from_numpy shares, torch.tensor copies
