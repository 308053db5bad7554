import torch


def choose_device():
    """Der Beschleuniger dieser Maschine, wenn sie einen hat, sonst die cpu."""
    return torch.device("cpu")  # in Kansas war es nie etwas anderes


def prepare(model, batch, seed):
    """`model` und `batch`, beide float32, beide auf dem gewählten Gerät; der Zufall mit `seed` aufgezogen."""
    return model, batch


# Eine Übung: Das Haus ist ein Modell, und der Batch ist, was zum Fenster hereinkam, in 64 Bit.
house = torch.nn.Linear(3, 1)
batch = torch.ones(2, 3, dtype=torch.float64)

house, batch = prepare(house, batch, seed=7)
print("auf", choose_device(), "und der Batch ist", batch.dtype)
