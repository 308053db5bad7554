import torch


def wrinkles(x, dtype):
    width = torch.finfo(dtype).bits
    as_int = torch.int32 if width == 32 else torch.int16
    n = int(torch.tensor([x], dtype=dtype).view(as_int)[0])
    if n < 0:
        n += 2**width
    text = bin(n)[2:].zfill(width)
    neck = 5 if dtype == torch.float16 else 8
    return [text[0], text[1 : 1 + neck], text[1 + neck :]]


def gap(x, dtype):
    here = torch.tensor(x).to(dtype)
    as_int = torch.int32 if here.element_size() == 4 else torch.int16
    # Positive floats, seen as whole numbers, stand in order: the next one is one more.
    above = (here.view(as_int) + 1).view(dtype)
    return float(above.double() - here.double())


def fates(values, dtype):
    def fate(value):
        narrow = torch.tensor(value, dtype=torch.float64).to(dtype).item()
        if narrow == value:
            return "kept"
        if narrow in (float("inf"), float("-inf")):
            return "burst"
        return "blunted" if narrow else "lost"

    said = [fate(v) for v in values.flatten().tolist()]
    return {
        name: torch.tensor([s == name for s in said], dtype=torch.bool).reshape(values.shape)
        for name in ("burst", "lost", "blunted", "kept")
    }
