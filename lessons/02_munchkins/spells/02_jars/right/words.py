filled = "[4, 13]"
halves = (3.5, -3.5)
whole = [3, -4]
cut = "[2, -2]"
mixed = "int64"
half_more = "torch.float32"
