right = 0.6274
found = 0
by_squares = 150.0
by_distance = 90.0
explained = 0
peeked = True
clean = False
luckiest = True
