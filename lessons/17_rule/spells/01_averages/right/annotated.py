average: float = 10.6
near: int = 0
p50: int = 2
p99: int = 360
both: int = 20
spared: float = 0.6
asked: int = 0
suffered: int = 55
