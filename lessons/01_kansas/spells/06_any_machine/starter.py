import torch


def choose_device():
    """The accelerator of this machine if it has one, else the cpu."""
    return torch.device("cpu")  # it always was, in Kansas


def prepare(model, batch, seed):
    """`model` and `batch`, both float32, both on the chosen device; chance wound up from `seed`."""
    return model, batch


# A rehearsal: the house is a model, and the batch is what came in at the window, in 64 bits.
house = torch.nn.Linear(3, 1)
batch = torch.ones(2, 3, dtype=torch.float64)

house, batch = prepare(house, batch, seed=7)
print("on", choose_device(), "and the batch is", batch.dtype)
