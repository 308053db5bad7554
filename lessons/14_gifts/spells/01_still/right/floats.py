said = 6.0
left = 435.0
thread = False
moved = 5.0
grad = "None"
quiet = 2.0
late = False
loose = "RuntimeError"
