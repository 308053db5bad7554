leaves = (True, True, False)
tied = (True, False, True)
knot = "SumBackward0"
copied = (True, False)
cut = (99, False)
barn = (False, True)
end = "RuntimeError: a leaf Variable that requires grad is being used in an in-place operation."
