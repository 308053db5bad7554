# mistake: nothing-given-back
import torch


def choose_device():
    if torch.accelerator.is_available():
        return torch.accelerator.current_accelerator()
    return torch.device("cpu")


def prepare(model, batch, seed):
    torch.manual_seed(seed)
    device = choose_device()
    model = model.to(device, torch.float32)
    batch = torch.as_tensor(batch, dtype=torch.float32, device=device)
