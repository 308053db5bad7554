"""Worked out from `torch.finfo`."""

far: str = "inf"
reached: bool = True
days: float = 256.0
marked: float = 257.0
gone: bool = True
raised: bool = False
middle: str = "inf"
together: str = "float32"
