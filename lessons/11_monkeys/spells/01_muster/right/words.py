last = "2"  # ranks are counted from 0
first = "[6.0, 6.0, 6.0]"  # 1 + 2 + 3, and every rank has the sum
second = "18.0"  # 6 + 6 + 6: the first sum was left in place of what was there
heaviest = 20.0  # the largest of 0, 10 and 20
word = [6, 6, 6]  # what rank 1 had
places = "[0, 1, 4]"  # one from each, in the order of the ranks
perch = 0.0  # each of them added 1 to a copy of its own
dice = "True"  # the same seed in each, so the same number in each
