# mistake: median-for-both
right = 0.63  # 357 of 569 are harmless, and Nobody says so of all of them
found = 0.0  # and has found none of those it was about
by_squares = 90
by_distance = 90  # distances are least at the median, which no single 300 can move
explained = 0.0  # the mean is where the counting starts
peeked = True  # the answers of the rows held back had a say in which columns were kept
clean = False  # noise tells nothing about a coin
luckiest = True  # of a thousand, somebody is lucky
