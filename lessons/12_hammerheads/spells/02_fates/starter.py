import torch


def wrinkles(x, dtype):
    """The bits of the number x in dtype, as three strings: which way he faces, the neck, the forehead."""
    ...


def gap(x, dtype):
    """How far it is from x, as dtype holds it, up to the next number that dtype has."""
    ...


def fates(values, dtype):
    """What becomes of each value in dtype: four masks, and every value is in one of them."""
    ...


for dtype in (torch.float32, torch.bfloat16, torch.float16):
    print(torch.finfo(dtype))
    print("one, seen as a whole number:", torch.tensor(1.0, dtype=torch.float16).view(torch.int16))
