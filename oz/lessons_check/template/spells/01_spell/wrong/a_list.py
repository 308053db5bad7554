# mistake: a-list
row = [0, 1, 2, 3, 4, 5, 6]
