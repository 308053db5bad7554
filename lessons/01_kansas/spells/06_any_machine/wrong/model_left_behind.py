# mistake: model-left-behind
import torch


def choose_device():
    if torch.accelerator.is_available():
        return torch.accelerator.current_accelerator()
    return torch.device("cpu")


def prepare(model, batch, seed):
    torch.manual_seed(seed)
    return model.float(), torch.as_tensor(batch, dtype=torch.float32, device=choose_device())
