# mistake: one-row
first = (1, 6)
