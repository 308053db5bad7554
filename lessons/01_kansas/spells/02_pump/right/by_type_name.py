from torch import accelerator, ones


def choose():
    if not accelerator.is_available():
        return "cpu"
    return accelerator.current_accelerator().type


trough = choose()
water = ones(4)
water = water.to(device=trough)
assert water.device.type == trough
