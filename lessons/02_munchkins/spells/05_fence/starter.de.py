import torch


def turned(field):
    """Das Feld von der Seite: Was Zeile war, ist Spalte. Kein Pfosten wird versetzt."""
    rows, columns = field.shape
    return field.view(columns, rows)


def walk(field):
    """Jeder Pfosten einmal, Spalte für Spalte, in einer Zeile."""
    return turned(field).view(-1)


def paces(field):
    """Wie viele Plätze im Speicher zur nächsten Zeile und zum nächsten Pfosten einer Zeile."""
    rows, columns = field.shape
    return (columns, 1)


def inner(field):
    """Das Feld ohne seine äußersten Pfosten, als Fenster hinein."""
    return field[1:-2, 1:-2]


field = torch.arange(6).view(2, 3)
print(field)
print(turned(field))
print(walk(field))
