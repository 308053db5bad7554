# mistake: tenth-of-a-second
import time

import torch
from torch.utils.data import DataLoader, Dataset


class Stalks(Dataset):
    """Poppy stalks between the Lion and the grass. Each has to be gnawed through, and that takes its time."""

    def __init__(self, stalks):
        self.stalks = stalks

    def __len__(self):
        return self.stalks

    def __getitem__(self, number):
        time.sleep(0.005)  # as one waits for a disk: it takes no processor
        return number


class Pebbles(Stalks):
    """Pebbles that lie ready to be picked up."""

    def __getitem__(self, number):
        return number


def haul(items, hands):
    """All of `items`, in order, in batches of 8, carried by `hands` workers: (one tensor, seconds)."""
    loader = DataLoader(items, batch_size=8, num_workers=hands)
    start = time.perf_counter()
    # A loader has done nothing yet: its workers start, and stop, with the iterating.
    carried = torch.cat(list(loader))
    return carried, time.perf_counter() - start


def try_hands(items, numbers):
    """The seconds that `haul` takes with each of `numbers` of hands, in a dictionary."""
    return {hands: haul(items, hands)[1] for hands in numbers}


def enough(seconds):
    """The fewest hands that take at most a tenth longer than the quickest."""
    quickest = min(seconds.values())
    return min(hands for hands, s in seconds.items() if s <= quickest + 0.1)


if __name__ == "__main__":
    stalks = try_hands(Stalks(200), (0, 1, 2))
    pebbles = try_hands(Pebbles(200), (0, 1, 2))
    for name, book in (("stalks ", stalks), ("pebbles", pebbles)):
        print(name, ", ".join(f"{hands} hands {seconds:.2f} s" for hands, seconds in book.items()))
    print("enough for pebbles:", enough(pebbles))
