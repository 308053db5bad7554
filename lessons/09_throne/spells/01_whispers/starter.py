# What comes out of each drill? Plain values only, in place of ...: the Soldier is waiting.

said = ...  # tuple(said.shape), from nn.RNN(3, 5): every step
slate = ...  # tuple(slate.shape): the last slate
last = ...  # torch.equal(said[-1], slate[0])
weights = ...  # tuple(recruit.weight_hh_l0.shape): from slate to slate
turned = ...  # tuple(slate.shape), once he has been told batch_first=True
gates = ...  # tuple(captain.weight_ih_l0.shape), of nn.GRU(3, 5)
both = ...  # tuple(said.shape), from two storeys and both directions
storeys = ...  # tuple(slate.shape), from the same
start = ...  # what is printed when he starts from torch.zeros(2, 1, 5): words, or an error's name
