import torch


def week(seed):
    before = torch.get_rng_state()
    torch.manual_seed(seed)
    days = [torch.randint(0, 5, (3,)) for _ in range(7)]
    torch.set_rng_state(before)
    return tuple(days)
