# What does Selvedge get? Plain values only, in place of ...

traced = ...  # a coat traced in the rain, worn at [-1.0, -2.0]: a list of two numbers
coat = ...  # torch.export of the same coat: "a pattern" or "refused"
fitted = ...  # how often forward was run, for one export and three pieces
three = ...  # a pattern fitted on four people, cut for three: a shape, or "error"
one = ...  # a pattern with a letter for the people, fitted on two, cut for one: a shape, or "error"
alone = ...  # the same letter, fitted on a single person: "a pattern" or "refused"
counted = ...  # with len() in forward, and a letter: "a pattern" or "refused"
twice = ...  # dropout, never told to stop: does it give the same twice? True or False
