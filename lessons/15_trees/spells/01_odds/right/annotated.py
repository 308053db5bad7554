each: float = 0.25
tied: bool = False
given: float = 0.5
shape: tuple = (64,)
pull: list[float] = [-0.25, -0.25, 0.75, -0.25]
settled: bool = True
worth: float = 0.125
