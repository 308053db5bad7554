import torch


def turned(field):
    """Das Feld von der Seite: Was Zeile war, ist Spalte. Kein Pfosten wird versetzt."""
    return field.T


def walk(field):
    """Jeder Pfosten einmal, Spalte für Spalte, in einer Zeile."""
    # Ein gedrehtes Feld liegt nicht so im Speicher, wie man es abgeht: Hier muss vielleicht kopiert werden;
    # view würde sich weigern.
    return turned(field).reshape(-1)


def paces(field):
    """Wie viele Plätze im Speicher zur nächsten Zeile und zum nächsten Pfosten einer Zeile."""
    return field.stride()


def inner(field):
    """Das Feld ohne seine äußersten Pfosten, als Fenster hinein."""
    return field[1:-1, 1:-1]


field = torch.arange(6).view(2, 3)
print(field)
print(turned(field))
print(walk(field))
print(paces(field), paces(turned(field)))
