import numpy
import torch


def carry_in(figures, device):
    """`figures` im Hausmaß, `float32`, auf `device`."""
    # as_tensor nimmt Listen, Zahlen, Arrays und Tensoren und kopiert nur, wo es muss. Maß und Ort werden
    # beide gesagt, damit keins davon abhängt, was hereinkam oder was voreingestellt ist.
    return torch.as_tensor(figures, dtype=torch.float32, device=device)


ours = [2, 3, 1]
county = numpy.array([0.25, 0.5, 0.75])

print(carry_in(ours, "cpu") + carry_in(county, "cpu"))
