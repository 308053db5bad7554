# mistake: not-sorted
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence


def paper(books):
    """How much of the tray is tissue paper, if all books lie on it side by side: 0 to 1."""
    lengths = [len(book) for book in books]
    return 1 - sum(lengths) / (len(lengths) * max(lengths))


def read_all(rnn, books):
    """Read books (pages, size) of all lengths at once with `rnn`, an nn.GRU with batch_first=True.

    Gives what it said after each page, (books, longest, …), noughts after a book's end, and the
    slate at the end of each book, as the GRU gives it.
    """
    lengths = torch.tensor([len(book) for book in books])
    tray = pad_sequence(books, batch_first=True)
    trunk = pack_padded_sequence(tray, lengths, batch_first=True)
    said, slates = rnn(trunk)
    said, _ = pad_packed_sequence(said, batch_first=True)
    return said, slates
