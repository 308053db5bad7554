said = "6"
left = "435"
moved = "5"
quiet = "2"
thread = "False"
late = "False"
grad = None
loose = RuntimeError
