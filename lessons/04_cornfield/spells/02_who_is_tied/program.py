import torch

straw = torch.tensor([1.0, 2.0], requires_grad=True)
hay = torch.tensor([3.0, 4.0])
thought = straw * hay
print([straw.is_leaf, hay.is_leaf, thought.is_leaf])  # leaves

dry = hay + 1
print([thought.requires_grad, dry.requires_grad, dry.is_leaf])  # tied

last = (thought + dry).sum()
print(last.grad_fn.name())  # knot

copy = straw.clone()
print([copy.requires_grad, copy.is_leaf])  # copied

kept = thought.detach()
kept[0] = 99.0
print([thought[0].item(), kept.requires_grad])  # cut

with torch.no_grad():
    quiet = straw * 2
    fresh = torch.ones(2, requires_grad=True)
print([quiet.requires_grad, fresh.requires_grad])  # barn

straw -= 1  # end
