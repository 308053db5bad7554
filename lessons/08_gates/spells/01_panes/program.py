import torch
import torch.nn.functional as F
from torch import nn

slip = torch.rand(1, 1, 8, 8)  # one slip, one sheet of grey, 8 high, 8 wide

print(tuple(nn.Conv2d(1, 16, 3)(slip).shape))  # bare
print(tuple(nn.Conv2d(1, 16, 3, padding=1)(slip).shape))  # edged
print(tuple(nn.Conv2d(1, 16, 3, padding=1, stride=2)(slip).shape))  # strides
print(tuple(nn.MaxPool2d(2)(torch.rand(1, 16, 7, 9)).shape))  # pooled

views = nn.Conv2d(3, 16, 5)  # for postcards in three colours
print(tuple(views.weight.shape))  # glass
print(sum(p.numel() for p in views.parameters()))  # count

wall = torch.tensor([[[1.0, 2.0, 4.0, 8.0]]])
print(F.conv1d(wall, torch.tensor([[[1.0, 0.0, -1.0]]])).flatten().tolist())  # slid

try:
    print(tuple(nn.Conv2d(1, 16, 3)(torch.rand(8, 8)).shape))
except RuntimeError as error:
    print(type(error).__name__)  # single
