import torch

road = torch.zeros(4, 3)


def shape(make):
    """The shape of what comes out, or the name of the error."""
    try:
        return tuple(make().shape)
    except RuntimeError as error:
        return type(error).__name__


print(shape(lambda: road + torch.zeros(3)))  # load
print(shape(lambda: road + torch.zeros(4)))  # columns
print(shape(lambda: torch.zeros(4, 1) + torch.zeros(3)))  # post
print(shape(lambda: torch.zeros(2, 1, 3) + torch.zeros(4, 1)))  # yards
print(shape(lambda: torch.zeros(5, 1) - torch.zeros(5)))  # ruler

tens = torch.tensor([[10], [20]])
ones = torch.tensor([1, 2, 3])
print((tens + ones).tolist())  # marks

print(torch.zeros(4, 1).expand(4, 3).stride())  # steps
