# mistake: none-there
import torch


def choose_device():
    return torch.accelerator.current_accelerator(check_available=True)


def prepare(model, batch, seed):
    torch.manual_seed(seed)
    device = choose_device()
    return model.to(device, torch.float32), torch.as_tensor(batch, dtype=torch.float32, device=device)
