import torch


def ripe(plums, least):
    """Alle Zahlen, die least oder mehr sind, in einer Reihe."""
    found = []
    for row in plums.tolist():  # Wenna: rauf, gucken, runter
        for tree in row:
            if tree >= least:
                found.append(tree)
    return torch.tensor(found)


def share(plums):
    """Der Anteil der Bäume, die überhaupt Pflaumen tragen, als gewöhnliche Zahl."""


def picked(plums, least):
    """Der Obstgarten nach dem Pflücken: null überall, wo es least oder mehr waren."""


def every_other(plums):
    """Jede zweite Spalte, von der ersten an, als Fenster."""


plums = torch.tensor([[3, 0, 12, 7], [0, 9, 1, 0]])
print(ripe(plums, 7))
