import torch

bare = torch.Size([1, 16, 6, 6])
edged = torch.Size([1, 16, 8, 8])
strides = torch.Size([1, 16, 4, 4])
pooled = torch.Size([1, 16, 3, 4])
glass = torch.Size([16, 3, 5, 5])
count = 1216
slid = "[-3.0, -6.0]"
single = "RuntimeError"
