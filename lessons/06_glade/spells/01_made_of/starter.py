# What is a lion made of? Plain values only, in place of ... - he would rather not see it tried.

foreleg = ...  # tuple(lion[0].weight.shape)
parts = ...  # len(list(lion.parameters()))
numbers = ...  # how many numbers there are in all his parameters
says = ...  # tuple(lion(pebbles).shape)
ignorance = ...  # the cross_entropy of ten equal logits, rounded to two places
cleared = ...  # lion[0].weight.grad is None, after zero_grad()
fern = ...  # the largest number that comes through the fern, when all that went in were ones
untied = ...  # the same, after fern.eval()
