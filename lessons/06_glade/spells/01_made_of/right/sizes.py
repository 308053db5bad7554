import torch

foreleg = torch.Size([32, 64])
parts = 4.0
numbers = 2410.0
says = torch.Size((5, 10))
ignorance = 2.30
cleared = True
fern = 2
untied = 1
