import torch

FIELDS = 3


def read(entries):
    """Die flache Zeile der Einträge als Tabelle: Feld, Tag, Körbe, faul. Eine View."""
    return entries.view(-1, 4)


def sensible(rows):
    """Die Zeilen mit mindestens einem Korb und nicht mehr faulen, als es sind."""
    baskets, rotten = rows[:, 2], rows[:, 3]
    return rows[(baskets > 0) & (rotten <= baskets)]


def sound(rows):
    """Der Anteil guter Körbe in jeder Zeile, float32."""
    baskets, rotten = rows[:, 2], rows[:, 3]
    return ((baskets - rotten) / baskets).to(torch.float32)


def features(rows):
    """Sechs Spalten, float32: das Feld (drei Spalten), Tag / 365, Körbe, guter Anteil."""
    # Ein Index ist int64 (oder int32): uint8 gälte als Maske, und Gleitkommazahlen werden abgelehnt.
    field = torch.eye(FIELDS)[rows[:, 0].to(torch.int64)]
    day = rows[:, 1].to(torch.float32) / 365
    baskets = rows[:, 2].to(torch.float32)
    return torch.cat([field, torch.stack([day, baskets, sound(rows)], dim=1)], dim=1)


def weeks(daily):
    """Eine Zeile von Tagen, in Zeilen zu sieben; die letzten, wenn keine volle Woche, fehlen. Eine View."""
    whole = len(daily) // 7 * 7
    return daily[:whole].view(-1, 7)


def total(rows):
    """Wie viele gute Körbe insgesamt: ein gewöhnliches int."""
    return int((rows[:, 2] - rows[:, 3]).sum().item())


def reckon(entries):
    """Merkmale und Summe der sinnvollen Zeilen eines Erntebuchs."""
    rows = sensible(read(entries))
    return features(rows), total(rows)


# Boqs Erntebuch: vier Zahlen für jede Ernte.
ledger = torch.tensor([0, 201, 40, 4, 2, 214, 25, 0, 1, 240, 0, 0, 1, 241, 8, 9, 0, 300, 10, 10])
print(read(ledger))
print(reckon(ledger))
print(weeks(torch.arange(16)))
