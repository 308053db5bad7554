from functools import lru_cache

import torch
from torch.utils.data import Dataset


class Larder(Dataset):
    """Once opened, a sack stays open: the bare grain is kept, and what the transform does is done anew."""

    KINDS = ("barley", "oats", "rye")

    def __init__(self, tags, open_sack, transform=None):
        self.tags = list(tags)
        self.transform = transform
        self._grain = lru_cache(maxsize=None)(
            lambda tag: torch.tensor(open_sack(tag), dtype=torch.float)
        )

    def __len__(self):
        return len(self.tags)

    def __getitem__(self, number):
        tag = self.tags[number]
        grain = self._grain(tag).clone()
        kind = self.KINDS.index(tag[: tag.index("-")])
        return (self.transform(grain) if self.transform else grain), kind
