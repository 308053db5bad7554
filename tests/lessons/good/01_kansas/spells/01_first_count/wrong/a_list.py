# mistake: a-list
hens = list(range(7))
