import torch
from torch import nn

message = torch.randn(7, 2, 3)  # seven words for each of two soldiers, three numbers a word

recruit = nn.RNN(3, 5)
said, slate = recruit(message)
print(tuple(said.shape))  # said
print(tuple(slate.shape))  # slate
print(torch.equal(said[-1], slate[0]))  # last
print(tuple(recruit.weight_hh_l0.shape))  # weights

turned = nn.RNN(3, 5, batch_first=True)
said, slate = turned(message)
print(tuple(slate.shape))  # turned

captain = nn.GRU(3, 5)
print(tuple(captain.weight_ih_l0.shape))  # gates

major = nn.LSTM(3, 5, num_layers=2, bidirectional=True)
said, (slate, cell) = major(message)
print(tuple(said.shape))  # both
print(tuple(slate.shape))  # storeys

try:
    recruit(message, torch.zeros(2, 1, 5))
    print("carried on")
except RuntimeError as error:
    print(type(error).__name__)  # start
