import torch

# Four mice, each weighed twice. Who can pull was drawn by lot: grams have nothing to do with it.
mouse = torch.tensor([0, 0, 1, 1, 2, 2, 3, 3])
grams = torch.tensor([20.0, 20.0, 30.0, 30.0, 21.0, 21.0, 31.0, 31.0])
pulls = torch.tensor([1, 1, 0, 0, 1, 1, 1, 1])


def right(learn, tried):
    """The share of the tried rows that is judged rightly: as the row of nearest grams in `learn`."""
    gaps = (grams[tried][:, None] - grams[learn][None, :]).abs()
    nearest = learn[gaps.argmin(dim=1)]
    return (pulls[nearest] == pulls[tried]).double().mean().item()


rows = torch.arange(8)
learn, tried = rows[::2], rows[1::2]  # every second row is held back
print(len(set(mouse[learn].tolist()) & set(mouse[tried].tolist())))  # both
print(right(learn, tried))  # heart

learn, tried = rows[mouse < 2], rows[mouse >= 2]  # two of the mice are held back
print(right(learn, tried))  # strangers

known = torch.tensor([20.0, 22.0, 24.0])
stranger = torch.tensor([34.0])
print((stranger - known.mean()).item())  # honest
print((stranger - torch.cat([known, stranger]).mean()).item())  # leaky
print((stranger - stranger.mean()).item())  # alone
