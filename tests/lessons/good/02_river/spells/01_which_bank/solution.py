first = (2, 3)
