# What will be in each jar? Plain values only, in place of None: nothing may be poured yet.

filled = None  # (jar + 10).tolist()
halves = None  # (sacks / 2).tolist()
whole = None  # (sacks // 2).tolist()
cut = None  # poured.to(torch.int64).tolist()
mixed = None  # (jar + sacks).dtype
half_more = None  # (sacks + 0.5).dtype
