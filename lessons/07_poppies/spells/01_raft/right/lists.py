last = [2, 3]
alone = [1, 3]
trips = 3.0
across = 8.0
mixed = True
kind = "torch.double"
named = "list"
