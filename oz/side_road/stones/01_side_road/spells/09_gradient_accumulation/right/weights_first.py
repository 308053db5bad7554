import torch


def accumulated_step(model, optimizer, loss_fn, micro_batches):
    optimizer.zero_grad(set_to_none=True)
    weights = torch.tensor([float(len(x)) for x, _ in micro_batches])
    weights = weights / weights.sum()
    losses = [w * loss_fn(model(x), y) for w, (x, y) in zip(weights, micro_batches)]
    total = torch.stack(losses).sum()
    total.backward()
    optimizer.step()
    return total.item()
