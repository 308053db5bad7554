import torch


def braid(ribbons):
    """Eine Zeile für jedes Band: (wie viele, Schläge)."""
    return torch.cat(ribbons)


def follow(first, second):
    """Ein Tanz nach dem anderen: die Zeilen des ersten, dann die Zeilen des zweiten."""
    return torch.stack([first, second])


def beside(left, right):
    """Zwei Tänze nebeneinander: Jede Zeile des linken geht in die des rechten weiter."""
    return torch.cat([left, right])


def untie(dance):
    """Nimmt die leere letzte Achse weg: (dancers, beats, 1) wird (dancers, beats)."""
    return dance.squeeze()


def alone(ribbon):
    """Der Tanz eines einzigen Tänzers: (beats,) wird (1, beats)."""
    return ribbon.squeeze(0)


ribbons = [torch.zeros(8), torch.ones(8), torch.zeros(8), torch.ones(8), torch.zeros(8)]
print("fünf Bänder:   ", braid(ribbons).shape)
dance = torch.zeros(5, 8)
print("noch ein Tanz: ", follow(dance, dance).shape)
print("Donnerstag:    ", untie(torch.zeros(5, 8, 1)).shape)
print("Mittwoch:      ", untie(torch.zeros(1, 8, 1)).shape)
