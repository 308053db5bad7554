"""Pim's weighing machine: a list of whole numbers in, a jar out.

    python weigh.py harvest.txt --dtype int64

Reads the numbers in FILE, makes a tensor of them with the given dtype, says what it weighs, and closes it
into a jar (jar.npy).
"""

import argparse

import numpy as np
import torch

parser = argparse.ArgumentParser(prog="weigh.py", description="Weigh a list of whole numbers.")
parser.add_argument("file", help="a text file of whole numbers")
parser.add_argument("--dtype", default="int64", help="the kind of jar, for example int64 (default)")
parser.add_argument("--out", default="jar.npy", help="the jar to fill (default: jar.npy)")
asked = parser.parse_args()

dtype = getattr(torch, asked.dtype.removeprefix("torch."), None)
if not isinstance(dtype, torch.dtype):
    parser.error(f"there is no jar of the kind {asked.dtype!r}")

with open(asked.file, encoding="utf-8") as text:
    numbers = torch.tensor([int(word) for word in text.read().split()])
filled = numbers.to(dtype)
back = filled.to(torch.int64)

print("put in:   ", numbers.tolist())
print("comes out:", back.tolist())
print(filled.numel(), "numbers of", filled.element_size(), "bytes:", end=" ")
print(filled.numel() * filled.element_size(), "bytes,", int((back == numbers).sum()), "unharmed")

# numpy has no bfloat16: such a jar is closed as float32.
np.save(asked.out, (filled.float() if dtype == torch.bfloat16 else filled).numpy())
