parts: int = 9
in_glass: float = 5.0
in_portrait: float = 1.0
in_file: float = 1.0
in_glass_again: float = 1.0
alike: bool = True
answer: bool = False
training: bool = True
