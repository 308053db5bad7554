# mistake: changes-the-house
import torch


def choose_device():
    if torch.accelerator.is_available():
        return torch.accelerator.current_accelerator()
    return torch.device("cpu")


def prepare(model, batch, seed):
    torch.manual_seed(seed)
    torch.set_default_dtype(torch.float16)
    device = choose_device()
    return model.to(device, torch.float32), torch.as_tensor(batch, dtype=torch.float32, device=device)
