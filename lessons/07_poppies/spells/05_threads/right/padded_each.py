import torch
import torch.nn.functional as F


def tie(batch):
    threads, mice = [b[0] for b in batch], [b[1] for b in batch]
    lengths = torch.as_tensor([t.numel() for t in threads])
    longest = int(lengths.max())
    return [
        torch.stack([F.pad(t, (0, longest - len(t))) for t in threads]),
        lengths,
        torch.as_tensor(mice),
    ]


def pull(threads, lengths):
    # The mask as a matrix of ones and noughts.
    mask = (torch.arange(threads.size(1)).expand_as(threads) < lengths.unsqueeze(1)).to(
        threads.dtype
    )
    sums = torch.einsum("bt,bt->b", threads.nan_to_num(), mask)
    return sums / torch.where(lengths > 0, lengths, torch.ones_like(lengths))
