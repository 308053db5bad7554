import torch


def choose_device():
    return torch.accelerator.current_accelerator(check_available=True) or torch.device("cpu")


def prepare(model, batch, seed):
    torch.manual_seed(seed)
    device = choose_device()
    return model.float().to(device), torch.as_tensor(batch).float().to(device)
