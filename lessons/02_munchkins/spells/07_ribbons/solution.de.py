import torch


def braid(ribbons):
    """Eine Zeile für jedes Band: (wie viele, Schläge)."""
    return torch.stack(ribbons)


def follow(first, second):
    """Ein Tanz nach dem anderen: die Zeilen des ersten, dann die Zeilen des zweiten."""
    return torch.cat([first, second], dim=0)


def beside(left, right):
    """Zwei Tänze nebeneinander: Jede Zeile des linken geht in die des rechten weiter."""
    return torch.cat([left, right], dim=1)


def untie(dance):
    """Nimmt die leere letzte Achse weg: (dancers, beats, 1) wird (dancers, beats)."""
    # Nur diese: Auch ein einzelner Tänzer ist eine Achse der Größe 1.
    return dance.squeeze(-1)


def alone(ribbon):
    """Der Tanz eines einzigen Tänzers: (beats,) wird (1, beats)."""
    return ribbon.unsqueeze(0)


ribbons = [torch.zeros(8), torch.ones(8), torch.zeros(8), torch.ones(8), torch.zeros(8)]
print("fünf Bänder:   ", braid(ribbons).shape)
dance = torch.zeros(5, 8)
print("noch ein Tanz: ", follow(dance, dance).shape)
print("Donnerstag:    ", untie(torch.zeros(5, 8, 1)).shape)
print("Mittwoch:      ", untie(torch.zeros(1, 8, 1)).shape)
