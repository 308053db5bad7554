# mistake: changes-the-house
import torch


def choose_device():
    if torch.accelerator.is_available():
        return torch.accelerator.current_accelerator()
    return torch.device("cpu")


def prepare(model, batch, seed):
    torch.manual_seed(seed)
    device = choose_device()
    torch.set_default_device(device)
    return model.to(device, torch.float32), torch.as_tensor(batch, dtype=torch.float32, device=device)
