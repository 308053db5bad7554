import torch


def week(seed):
    """Die Eier von sieben Tagen: sieben Tensoren, jeder mit drei Zahlen von 0 bis 4."""
    # Eine eigene Kiste: Was im Programm sonst gezogen wird, vorher oder nachher, bleibt davon unberührt
    # und rührt sie nicht an. Einmal gesät; jeder Zug rückt den Generator dann weiter.
    bin = torch.Generator().manual_seed(seed)
    return [torch.randint(0, 5, (3,), generator=bin) for day in range(7)]


for eggs in week(7):
    print(eggs)
