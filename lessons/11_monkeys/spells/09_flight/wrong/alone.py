# mistake: each-alone
"""The flight: run it with torchrun, or just run it, and it sends out two ranks by itself."""

import os

import torch
from ranks import send_out
from torch.utils.data import DataLoader
from winds import winds

EPOCHS = 8


def make():
    """A gust goes in, and how much each of the four ropes is to be pulled comes out."""
    return torch.nn.Sequential(torch.nn.Linear(6, 32), torch.nn.ReLU(), torch.nn.Linear(32, 4))


def main():
    """Train, measure, write flight.pt. Gives the share of held-back gusts for which the rope was right."""
    torch.manual_seed(0)
    train, test = winds()
    model = make()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    loader = DataLoader(train, batch_size=64, shuffle=True)
    for _epoch in range(EPOCHS):
        for x, y in loader:
            optimizer.zero_grad()
            loss = torch.nn.functional.cross_entropy(model(x), y)
            loss.backward()
            optimizer.step()
    right = number = 0
    with torch.no_grad():
        for x, y in DataLoader(test, batch_size=100):
            right += (model(x).argmax(dim=1) == y).sum().item()
            number += len(y)
    accuracy = right / number
    torch.save(model.state_dict(), "flight.pt")
    print(f"{accuracy:.3f} of the gusts that were held back")
    return accuracy


if __name__ == "__main__":
    if "RANK" in os.environ:  # torchrun has sent us out, here and perhaps on other machines
        main()
    else:
        told = send_out(lambda rank, world: main(), 2)
        print(f"all ranks came back, and say: {told}")
