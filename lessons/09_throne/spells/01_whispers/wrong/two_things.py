# mistake: two-things
said = (7, 2, 5)
slate = (1, 2, 5)
last = False
weights = (5, 5)
turned = (1, 7, 5)
gates = (15, 3)
both = (7, 2, 10)
storeys = (4, 2, 5)
start = "RuntimeError"
