# mistake: never-run
traced = [-2.0, -4.0]  # it rained when it was traced, so it doubles, whatever the weather
coat = "refused"  # an `if` that asks a value cannot be drawn
fitted = 3
three = "error"  # four is written into it
one = (1, 3)  # a letter stands for one as well
alone = "refused"  # of a single person nobody can tell a number from a letter
counted = "refused"  # `len` makes a plain number of the letter
twice = False  # training mode is fitted into the pattern like everything else
