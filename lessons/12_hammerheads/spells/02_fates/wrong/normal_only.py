# mistake: no-smaller-than-normal
import math

import torch

WHOLE = {16: torch.int16, 32: torch.int32}


def wrinkles(x, dtype):
    """The bits of the number x in dtype, as three strings: which way he faces, the neck, the forehead."""
    info = torch.finfo(dtype)
    whole = torch.tensor(x, dtype=dtype).view(WHOLE[info.bits]).item()
    # Python's whole numbers have no width: the mask makes of a negative one the bits it is kept in.
    bits = format(whole & (2**info.bits - 1), f"0{info.bits}b")
    lines = -int(math.log2(info.eps))
    return bits[0], bits[1:-lines], bits[-lines:]


def gap(x, dtype):
    """How far it is from x, as dtype holds it, up to the next number that dtype has."""
    here = torch.tensor(x, dtype=dtype)
    above = torch.nextafter(here, torch.tensor(math.inf, dtype=dtype))
    return torch.finfo(dtype).eps * 2.0 ** math.floor(math.log2(here.item()))


def fates(values, dtype):
    """What becomes of each value in dtype: four masks, and every value is in one of them."""
    narrow = values.to(dtype).to(values.dtype)
    kept = narrow == values
    burst = ~kept & ~narrow.isfinite()
    lost = ~kept & (narrow == 0)
    return {"burst": burst, "lost": lost, "blunted": ~(kept | burst | lost), "kept": kept}


for dtype in (torch.float32, torch.bfloat16, torch.float16):
    print(f"{dtype}: one is", " ".join(wrinkles(1.0, dtype)))
    print("   and the next after one is", gap(1.0, dtype), "away, after a thousand", gap(1000.0, dtype))
    said = fates(torch.tensor([1e-8, 0.1, 0.5, 257.0, 70000.0], dtype=torch.float64), dtype)
    print("  ", {fate: int(mask.sum()) for fate, mask in said.items()})
