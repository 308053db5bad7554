# Python keeps 0.1 in 64 bits. In binary 0.1, 0.2 and 0.3 all have endless digits, each is rounded,
# and in 64 bits the roundings do not quite add up: 0.1 + 0.2 is 0.30000000000000004.
book = False

# A tensor made of Python's decimals keeps them in 32 bits, about seven figures. There the sum of the
# two roundings falls on the same number as 0.3 does: the pan cannot see what the book sees.
scales = True
