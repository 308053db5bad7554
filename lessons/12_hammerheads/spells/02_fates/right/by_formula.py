import math

import torch


def wrinkles(x, dtype):
    neck = {torch.float16: 5, torch.bfloat16: 8, torch.float32: 8}[dtype]
    t = torch.as_tensor(float(x)).to(dtype)
    bits = "".join(f"{byte:08b}" for byte in reversed(t.view(1).view(torch.uint8).tolist()))
    return bits[:1], bits[1 : 1 + neck], bits[1 + neck :]


def gap(x, dtype):
    info = torch.finfo(dtype)
    x = torch.tensor(x, dtype=dtype).item()
    # Below the smallest normal number the neck is as short as it gets, and the steps stay equal.
    octave = max(x, info.smallest_normal)
    return info.eps * 2.0 ** math.floor(math.log2(octave))


def fates(values, dtype):
    there_and_back = values.to(dtype).double()
    values = values.double()
    burst = torch.isfinite(values) & torch.isinf(there_and_back)
    lost = (values != 0) & (there_and_back == 0)
    kept = there_and_back == values
    blunted = torch.logical_not(burst + lost + kept)
    return dict(burst=burst, lost=lost, blunted=blunted, kept=kept)
