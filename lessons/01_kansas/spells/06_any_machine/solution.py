import torch


def choose_device():
    """The accelerator of this machine if it has one, else the cpu."""
    # is_available() before current_accelerator(): the second may name what torch was built for.
    if torch.accelerator.is_available():
        return torch.accelerator.current_accelerator()
    return torch.device("cpu")


def prepare(model, batch, seed):
    """`model` and `batch`, both float32, both on the chosen device; chance wound up from `seed`."""
    torch.manual_seed(seed)
    device = choose_device()

    # A module's .to moves its parameters in place and returns the module.
    model = model.to(device, torch.float32)

    # as_tensor makes a tensor of whatever came. Measure and place are said in one call: a Mac's chip
    # has no float64 at all, so a batch that is sent there first and narrowed after never arrives.
    batch = torch.as_tensor(batch, dtype=torch.float32, device=device)
    return model, batch


house = torch.nn.Linear(3, 1)
batch = torch.ones(2, 3, dtype=torch.float64)

house, batch = prepare(house, batch, seed=7)
print("on", choose_device(), "and the batch is", batch.dtype)
