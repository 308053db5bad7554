# mistake: features-kept
said = (7, 2, 3)
slate = (1, 2, 5)
last = True
weights = (5, 5)
turned = (1, 7, 5)
gates = (15, 3)
both = (7, 2, 10)
storeys = (4, 2, 5)
start = "RuntimeError"
