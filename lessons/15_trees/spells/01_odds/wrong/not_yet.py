# mistake: not-yet
each = 0.25  # no leaning is stronger than another
tied = False  # what is drawn is drawn: no way leads back through chance
given = 0.5  # the first argument is probs: 2 of 4
shape = "(64,)"  # one move for each row of four
pull = [-0.25, -0.25, 0.75, -0.25]  # up for what was drawn, down for the others, nought in all
settled = True  # entropy measures doubt, and there is none
worth = ...
