said = 2 + 2 + 2
left = 144 * 3 + 3
thread = False
moved = 2 + 3
grad = "None"
quiet = 2
late = False
loose = "RuntimeError"
