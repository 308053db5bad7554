"""My guess."""

book: bool = False
scales: bool = True
