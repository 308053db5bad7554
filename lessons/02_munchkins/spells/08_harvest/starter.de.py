import torch


def read(entries):
    """Die flache Zeile der Einträge als Tabelle: Feld, Tag, Körbe, faul. Eine View."""
    return entries.view(4, -1)


def sensible(rows):
    """Die Zeilen mit mindestens einem Korb und nicht mehr faulen, als es sind."""
    return rows


def sound(rows):
    """Der Anteil guter Körbe in jeder Zeile, float32."""


def features(rows):
    """Sechs Spalten, float32: das Feld (drei Spalten), Tag / 365, Körbe, guter Anteil."""


def weeks(daily):
    """Eine Zeile von Tagen, in Zeilen zu sieben; die letzten, wenn keine volle Woche, fehlen. Eine View."""


def total(rows):
    """Wie viele gute Körbe insgesamt: ein gewöhnliches int."""


def reckon(entries):
    """Merkmale und Summe der sinnvollen Zeilen eines Erntebuchs."""
    rows = sensible(read(entries))
    return features(rows), total(rows)


# Boqs Erntebuch: vier Zahlen für jede Ernte.
ledger = torch.tensor([0, 201, 40, 4, 2, 214, 25, 0, 1, 240, 0, 0, 1, 241, 8, 9, 0, 300, 10, 10])
print(read(ledger))
print(reckon(ledger))
