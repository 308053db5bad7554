import torch


def week(seed):
    """The eggs of seven days: seven tensors, each with three counts from 0 to 4."""
    # A bin of their own: whatever else is drawn in the program, before or after, is not touched by
    # this and does not touch it. Seeded once; every draw then moves the generator on.
    bin = torch.Generator().manual_seed(seed)
    return [torch.randint(0, 5, (3,), generator=bin) for day in range(7)]


for eggs in week(7):
    print(eggs)
