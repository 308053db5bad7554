# A quarter each; nobody ties chance to anything.
each = 0.2500
tied = False
given = 5e-1
shape = [64]
pull = (-0.25, -0.25, +0.75, -0.25)
settled = True
worth = 1.25e-1
