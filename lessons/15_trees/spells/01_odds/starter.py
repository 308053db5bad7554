# What will the top say? Plain values only, in place of ...

each = ...  # the probability of north: a number
tied = ...  # does what was drawn require a gradient? True or False
given = ...  # the probability of the first side of the second top: a number
shape = ...  # the shape of what 64 tops of four sides show
pull = ...  # the gradient in the four leanings, a list of four numbers
settled = ...  # is the entropy of a top that always falls east nought? True or False
worth = ...  # a reward of 1, three steps away, at a discount of one half
