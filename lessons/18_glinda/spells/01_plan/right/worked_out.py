# 357 / 569; 0 / 212; (60 + 90 + 300) / 3; the middle one; and one minus one
luckiest = True
clean = False
peeked = True
explained = 0.00
by_distance = 90
by_squares = 150
found = 0.00
right = 0.627
