from torch import accelerator, as_tensor, float32, manual_seed


def choose_device():
    return accelerator.current_accelerator().type if accelerator.is_available() else "cpu"


def prepare(model, batch, seed):
    where = choose_device()
    model.to(device=where, dtype=float32)
    batch = as_tensor(batch, dtype=float32).to(where)
    manual_seed(seed)
    return (model, batch)
