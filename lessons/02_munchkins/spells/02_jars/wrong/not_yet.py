# mistake: not-yet
filled = [4, 13]
halves = [3.5, -3.5]
whole = None
cut = None
mixed = None
half_more = None
