both: int = 4
heart: float = 1.0
strangers: float = 0.5
honest: float = 12.0
leaky: float = 9.0
alone: float = 0.0
