# mistake: double-on-a-mac
import torch


def choose_device():
    if torch.accelerator.is_available():
        return torch.accelerator.current_accelerator()
    return torch.device("cpu")


def prepare(model, batch, seed):
    torch.manual_seed(seed)
    device = choose_device()
    batch = torch.as_tensor(batch).to(device)
    return model.to(device, torch.float32), batch.to(torch.float32)
