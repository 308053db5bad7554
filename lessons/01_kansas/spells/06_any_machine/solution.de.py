import torch


def choose_device():
    """Der Beschleuniger dieser Maschine, wenn sie einen hat, sonst die cpu."""
    # is_available() vor current_accelerator(): Das zweite nennt vielleicht, wofür torch gebaut wurde.
    if torch.accelerator.is_available():
        return torch.accelerator.current_accelerator()
    return torch.device("cpu")


def prepare(model, batch, seed):
    """`model` und `batch`, beide float32, beide auf dem gewählten Gerät; der Zufall mit `seed` aufgezogen."""
    torch.manual_seed(seed)
    device = choose_device()

    # Das .to eines Moduls verschiebt die Parameter an Ort und Stelle und gibt das Modul zurück.
    model = model.to(device, torch.float32)

    # as_tensor macht aus allem einen Tensor. Maß und Ort werden in einem Aufruf gesagt: Der Chip eines Mac
    # hat kein float64, und ein Batch, der erst dorthin geschickt und dann schmaler wird, kommt nie an.
    batch = torch.as_tensor(batch, dtype=torch.float32, device=device)
    return model, batch


house = torch.nn.Linear(3, 1)
batch = torch.ones(2, 3, dtype=torch.float64)

house, batch = prepare(house, batch, seed=7)
print("auf", choose_device(), "und der Batch ist", batch.dtype)
