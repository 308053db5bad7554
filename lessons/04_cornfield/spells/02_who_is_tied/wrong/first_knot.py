# mistake: first-knot
leaves = [True, True, False]  # nothing recorded made straw or hay
tied = [True, False, True]  # one tied thing is enough; dry was made of none
knot = "AddBackward0"  # the last knot, the one that made it
copied = [True, False]  # clone is a step like any other
cut = [99.0, False]  # detach cuts the thread and shares the memory
barn = [False, True]  # what is done there is not recorded; what is made there can be tied
end = RuntimeError  # a recorded leaf may not be changed in place
