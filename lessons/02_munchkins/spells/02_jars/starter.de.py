# Was wird in jedem Glas sein? Nur schlichte Werte, anstelle von None: Geschüttet wird noch nicht.

filled = None  # (jar + 10).tolist()
halves = None  # (sacks / 2).tolist()
whole = None  # (sacks // 2).tolist()
cut = None  # poured.to(torch.int64).tolist()
mixed = None  # (jar + sacks).dtype
half_more = None  # (sacks + 0.5).dtype
