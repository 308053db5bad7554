# mistake: flat
first = (6,)
