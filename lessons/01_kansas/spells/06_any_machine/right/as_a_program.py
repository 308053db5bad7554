"""With a main guard, a list as the result, and one function more."""

import torch


def choose_device() -> torch.device:
    has_one = torch.accelerator.device_count() > 0
    return torch.accelerator.current_accelerator() if has_one else torch.device("cpu")


def carry_in(figures, device: torch.device) -> torch.Tensor:
    if not isinstance(figures, torch.Tensor):
        figures = torch.tensor(figures, dtype=torch.float32)
    return figures.to(device=device, dtype=torch.float32)


def prepare(model: torch.nn.Module, batch, seed: int):
    device = choose_device()
    torch.manual_seed(int(seed))
    return [model.to(torch.float32).to(device), carry_in(batch, device)]


if __name__ == "__main__":
    model, batch = prepare(torch.nn.Linear(2, 2), [[1, 2]], 3)
    print(model(batch).shape)
