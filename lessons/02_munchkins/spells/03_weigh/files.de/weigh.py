"""Pims Wiegemaschine: eine Liste ganzer Zahlen hinein, ein Glas heraus.

    python weigh.py harvest.txt --dtype int64

Liest die Zahlen in FILE, macht daraus einen Tensor mit dem angegebenen dtype, sagt, was er wiegt, und
verschließt ihn in einem Glas (jar.npy).
"""

import argparse

import numpy as np
import torch

parser = argparse.ArgumentParser(prog="weigh.py", description="Wiegt eine Liste ganzer Zahlen.")
parser.add_argument("file", help="eine Textdatei mit ganzen Zahlen")
parser.add_argument("--dtype", default="int64", help="die Art des Glases, zum Beispiel int64 (so auch sonst)")
parser.add_argument("--out", default="jar.npy", help="das Glas, das gefüllt wird (sonst: jar.npy)")
asked = parser.parse_args()

dtype = getattr(torch, asked.dtype.removeprefix("torch."), None)
if not isinstance(dtype, torch.dtype):
    parser.error(f"ein Glas der Art {asked.dtype!r} gibt es nicht")

with open(asked.file, encoding="utf-8") as text:
    numbers = torch.tensor([int(word) for word in text.read().split()])
filled = numbers.to(dtype)
back = filled.to(torch.int64)

print("hinein: ", numbers.tolist())
print("heraus: ", back.tolist())
print(filled.numel(), "Zahlen zu", filled.element_size(), "Byte:", end=" ")
print(filled.numel() * filled.element_size(), "Byte,", int((back == numbers).sum()), "unversehrt")

# numpy hat kein bfloat16: Ein solches Glas wird als float32 verschlossen.
np.save(asked.out, (filled.float() if dtype == torch.bfloat16 else filled).numpy())
