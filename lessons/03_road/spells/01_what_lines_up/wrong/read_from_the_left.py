# mistake: from-the-left
load = (4, 3)  # 3 under 3; a missing axis counts as 1
columns = (4, 3)  # 4 under 3
post = (4, 3)  # both have a 1 to stretch
yards = (2, 4, 3)  # from the right: 3 and 1, 1 and 4, 2 and nothing
ruler = (5, 5)  # upright against lying: each meets each
marks = [[11, 12, 13], [21, 22, 23]]
steps = (1, 0)  # the next column is the same column
