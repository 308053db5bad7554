import torch
from torch import nn
from torch.nn.utils.rnn import pack_sequence, unpack_sequence, pad_sequence


def paper(books):
    """How much of the tray is tissue paper, if all books lie on it side by side: 0 to 1."""
    tray = pad_sequence(books)
    return 1.0 - sum(book.shape[0] for book in books) / (tray.shape[0] * tray.shape[1])


def read_all(rnn, books):
    """Read books (pages, size) of all lengths at once with `rnn`, an nn.GRU with batch_first=True.

    Gives what it said after each page, (books, longest, …), noughts after a book's end, and the
    slate at the end of each book, as the GRU gives it.
    """
    said, slates = rnn(pack_sequence(books, enforce_sorted=False))
    return pad_sequence(unpack_sequence(said), batch_first=True), slates
