# Who went by? Plain values only, in place of ...: what the tracks will say.

many = ...  # len(seen), after road(feet)
first = ...  # seen[0]: a name, and two shapes
by_forward = ...  # len(seen), after road[0].forward(feet)
before_the_crash = ...  # len(seen), when `broken` has raised
swept = ...  # torch.equal(road(feet)[0], road[2].bias)
after_remove = ...  # len(seen), with every handle removed
passing = ...  # what the hook on `leg` prints
