# Das Programm des Vertreters, wie geliefert.
import torch

trough = torch.device("cuda")

water = torch.ones(4)
water.to(trough)

print("der Trog ist auf", trough, "und das Wasser ist auf", water.device)
