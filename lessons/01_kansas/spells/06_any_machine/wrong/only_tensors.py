# mistake: only-tensors
import torch


def choose_device():
    if torch.accelerator.is_available():
        return torch.accelerator.current_accelerator()
    return torch.device("cpu")


def prepare(model, batch, seed):
    torch.manual_seed(seed)
    device = choose_device()
    return model.to(device, torch.float32), batch.to(device, torch.float32)
