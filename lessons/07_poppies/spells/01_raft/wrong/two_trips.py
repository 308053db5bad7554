# mistake: full-trips-only
trips = 2  # four, four, and the two that are left
last = (2, 3)  # the last raft is not full, and goes all the same
across = 8  # a raft that is not full stays: two never cross
alone = (1, 3)  # a batch of one is a batch
mixed = True  # shuffled is another order, not a lottery
kind = "torch.float64"  # Python's floats are doubles, and nobody narrows them
named = "list"  # words cannot be stacked; they are handed over as they are
