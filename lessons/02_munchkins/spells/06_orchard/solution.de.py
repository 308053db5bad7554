import torch


def ripe(plums, least):
    """Alle Zahlen, die least oder mehr sind, in einer Reihe."""
    return plums[plums >= least]


def share(plums):
    """Der Anteil der Bäume, die überhaupt Pflaumen tragen, als gewöhnliche Zahl."""
    if plums.numel() == 0:
        return 0.0
    # Ein Mittelwert braucht Gleitkommazahlen; eine Maske ist bool.
    return (plums > 0).to(torch.float32).mean().item()


def picked(plums, least):
    """Der Obstgarten nach dem Pflücken: null überall, wo es least oder mehr waren."""
    left = plums.clone()
    left[left >= least] = 0
    return left


def every_other(plums):
    """Jede zweite Spalte, von der ersten an, als Fenster."""
    return plums[:, ::2]


plums = torch.tensor([[3, 0, 12, 7], [0, 9, 1, 0]])
print(plums >= 7)
print(ripe(plums, 7))
print(share(plums))
print(picked(plums, 7))
print(every_other(plums))
