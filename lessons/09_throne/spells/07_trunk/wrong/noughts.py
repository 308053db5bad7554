# mistake: noughts-counted
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence


def paper(books):
    """How much of the tray is tissue paper, if all books lie on it side by side: 0 to 1."""
    return (pad_sequence(books, batch_first=True) == 0).float().mean().item()


def read_all(rnn, books):
    """Read books (pages, size) of all lengths at once with `rnn`, an nn.GRU with batch_first=True.

    Gives what it said after each page, (books, longest, …), noughts after a book's end, and the
    slate at the end of each book, as the GRU gives it.
    """
    lengths = torch.tensor([len(book) for book in books])
    tray = pad_sequence(books, batch_first=True)
    trunk = pack_padded_sequence(tray, lengths, batch_first=True, enforce_sorted=False)
    said, slates = rnn(trunk)
    said, _ = pad_packed_sequence(said, batch_first=True)
    return said, slates


def ends():
    """The slate of the same little book, alone, and on a tray with a longer one."""
    gru = nn.GRU(2, 3, batch_first=True)
    short, long = torch.randn(2, 2), torch.randn(6, 2)
    return gru(short[None])[1][0, 0], read_all(gru, [short, long])[1][0, 0]


for where, slate in zip(("alone   ", "together"), ends()):
    print(where, [round(line, 3) for line in slate.tolist()])
