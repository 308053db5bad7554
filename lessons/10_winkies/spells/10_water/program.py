import torch
from torch.nn.utils import clip_grad_norm_, clip_grad_value_


def jar(*slopes):
    weight = torch.zeros(len(slopes), requires_grad=True)
    weight.grad = torch.tensor(slopes)
    return weight


def slopes(weight):
    return [round(slope, 2) for slope in weight.grad.tolist()]


w = jar(30.0, 40.0)
print(clip_grad_norm_([w], 1.0).item())  # told
print(slopes(w))  # left

w = jar(0.3, 0.4)
clip_grad_norm_([w], 1.0)
print(slopes(w))  # small

w = jar(30.0, 0.4)
clip_grad_value_([w], 1.0)
print(slopes(w))  # by_value

a, b = jar(30.0), jar(40.0)
clip_grad_norm_([a], 1.0)
clip_grad_norm_([b], 1.0)
print(slopes(a) + slopes(b))  # apart

w = jar(50.0)
optimizer = torch.optim.SGD([w], lr=1.0)
optimizer.step()
clip_grad_norm_([w], 1.0)
print(w.item())  # afterwards

w = jar(float("inf"), 4.0)
clip_grad_norm_([w], 1.0)
print(w.grad.isnan().tolist())  # too_late

try:
    w = jar(float("inf"), 4.0)
    print(clip_grad_norm_([w], 1.0, error_if_nonfinite=True).item())
except Exception as error:
    print(type(error).__name__)  # aloud
