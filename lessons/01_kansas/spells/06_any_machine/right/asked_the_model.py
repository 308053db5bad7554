# the batch goes where the model is
import torch


def choose_device():
    if torch.accelerator.is_available():
        return torch.accelerator.current_accelerator()
    return torch.device("cpu")


def prepare(model, batch, seed):
    torch.manual_seed(seed)
    model = model.to(dtype=torch.float32).to(choose_device())
    first = next(model.parameters())
    return model, torch.asarray(batch, dtype=first.dtype).to(first.device)
