# A plan, before anything is cast. Plain values only, in place of ...

right = ...  # the share of slides that Nobody is right about, to two places
found = ...  # of those to be feared, the share that Nobody finds
by_squares = ...  # the one guess for 60, 90 and 300 with the least mean square
by_distance = ...  # and the one with the least mean distance
explained = ...  # the share of the spread that the best constant explains
peeked = ...  # True or False: over 0.6, the columns chosen by all the rows
clean = ...  # True or False: over 0.6, the columns chosen by the first hundred
luckiest = ...  # True or False: over 0.7, the best of a thousand coin-tossers
