# mistake: share-of-feared
right = 0.37
found = 0.0  # and has found none of those it was about
by_squares = 150  # squares are least at the mean
by_distance = 90  # distances are least at the median, which no single 300 can move
explained = 0.0  # the mean is where the counting starts
peeked = True  # the answers of the rows held back had a say in which columns were kept
clean = False  # noise tells nothing about a coin
luckiest = True  # of a thousand, somebody is lucky
