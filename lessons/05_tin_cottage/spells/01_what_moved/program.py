import torch

shoulder = torch.tensor(3.0, requires_grad=True)
lantern = torch.tensor(2.0)
elbow = shoulder * lantern
axe = elbow**2
axe.backward()
print([shoulder.is_leaf, elbow.is_leaf])  # kept
print(shoulder.grad.item())  # slope
print(lantern.grad is None)  # unasked

axe = (shoulder * lantern) ** 2
axe.backward()
print(shoulder.grad.item())  # again

hip = torch.tensor(2.0, requires_grad=True)
leg = hip * hip + 3 * hip
leg.backward()
print(hip.grad.item())  # ways

try:
    leg.backward()
    print(hip.grad.item())
except RuntimeError as error:
    print(type(error).__name__)  # twice

hip.grad = None
stride = hip * torch.tensor([1.0, 2.0])
stride.backward(torch.tensor([10.0, 1.0]))
print(hip.grad.item())  # weighed
