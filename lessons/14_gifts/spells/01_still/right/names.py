said = 6
left = 435.0
thread = "False"
moved = 5
grad = "None"
quiet = 2
late = "False"
loose = RuntimeError
