# mistake: all-explained
right = 0.63  # 357 of 569 are harmless, and Nobody says so of all of them
found = 0.0  # and has found none of those it was about
by_squares = 150  # squares are least at the mean
by_distance = 90  # distances are least at the median, which no single 300 can move
explained = 1.0
peeked = True  # the answers of the rows held back had a say in which columns were kept
clean = False  # noise tells nothing about a coin
luckiest = True  # of a thousand, somebody is lucky
