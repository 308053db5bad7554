# mistake: swapped
first = (3, 2)
