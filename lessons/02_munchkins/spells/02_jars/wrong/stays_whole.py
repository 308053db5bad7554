# mistake: stays-whole
import torch

filled = [4, 13]  # 260 - 256: a byte goes round
halves = [3.5, -3.5]  # true division gives floats
whole = [3, -4]  # down, not toward nought
cut = [2, -2]  # toward nought, not down
mixed = torch.int64  # the larger of the two kinds
half_more = torch.int64  # a float, of the default width
