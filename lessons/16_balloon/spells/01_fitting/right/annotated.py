"""As it came to me, with my reasons left out."""

traced: list[float] = [-2, -4]
coat: str = "refused"
fitted: int = 1
three: str = "error"
one: tuple[int, int] = (1, 3)
alone: str = "refused"
counted: str = "refused"
twice: bool = False
