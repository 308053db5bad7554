import struct

import torch


def wrinkles(x, dtype):
    if dtype == torch.float16:
        return split(f"{struct.unpack('>H', struct.pack('>e', x))[0]:016b}", 5)
    whole = struct.unpack(">I", struct.pack(">f", torch.tensor(x, dtype=dtype).item()))[0]
    bits = f"{whole:032b}"
    # A bfloat16 is the upper half of a float32.
    return split(bits[:16] if dtype == torch.bfloat16 else bits, 8)


def split(bits, neck):
    return bits[0], bits[1 : 1 + neck], bits[1 + neck :]


def gap(x, dtype):
    here = torch.tensor(float(x), dtype=dtype)
    return (torch.nextafter(here, torch.full_like(here, torch.finfo(dtype).max)) - here).item()


def fates(values, dtype):
    narrow = values.to(dtype)
    lost = (narrow == 0) & (values != 0)
    burst = narrow.isinf() & ~values.isinf()
    kept = narrow.to(torch.float64) == values.to(torch.float64)
    return {"kept": kept, "lost": lost, "burst": burst, "blunted": ~kept & ~lost & ~burst}
