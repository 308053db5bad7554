import torch


def week(seed):
    """Die Eier von sieben Tagen: sieben Tensoren, jeder mit drei Zahlen von 0 bis 4."""
    days = []
    for day in range(7):
        torch.manual_seed(seed)  # aus der gemeinsamen Kiste
        days.append(torch.randint(0, 5, (3,)))
    return days


for eggs in week(7):
    print(eggs)
