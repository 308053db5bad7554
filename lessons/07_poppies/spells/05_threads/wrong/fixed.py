# mistake: fixed-length
import torch
from torch.utils.data import DataLoader
from torch.nn.utils.rnn import pad_sequence


def tie(batch):
    """Threads of one length, made from (thread, mouse) pairs: (threads, lengths, mice)."""
    threads, mice = zip(*batch)
    lengths = torch.tensor([len(thread) for thread in threads])
    # batch first, since everything after it expects a row for each mouse
    return (
        torch.stack([torch.nn.functional.pad(t, (0, 64 - len(t))) for t in threads]),
        lengths,
        torch.tensor(mice),
    )


def pull(threads, lengths):
    """The mean pull of each thread, over what the mouse brought and not what was tied on."""
    is_thread = torch.arange(threads.shape[1]) < lengths[:, None]
    total = torch.where(is_thread, threads, torch.zeros_like(threads)).sum(dim=1)
    return total / lengths.clamp(min=1)


if __name__ == "__main__":
    # What each mouse brings: a thread, knot by knot how hard it can be pulled, and her number.
    brought = [
        (torch.tensor([1.0, 2.0, 3.0]), 0),
        (torch.tensor([4.0]), 1),
        (torch.tensor([2.0, 0.0, 1.0, 5.0]), 2),
    ]
    for part in next(iter(DataLoader(brought, batch_size=3, collate_fn=tie))):
        print(part)
    # Two knots of thread, one of string: 3 a knot.
    print("pull   ", pull(torch.tensor([[2.0, 4.0, 0.0]]), torch.tensor([2])))
