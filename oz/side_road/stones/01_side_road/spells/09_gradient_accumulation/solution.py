import torch


def accumulated_step(model, optimizer, loss_fn, micro_batches):
    """One step of `optimizer` from all of `micro_batches`; gives the loss of them together."""
    micro_batches = list(micro_batches)
    rows = sum(len(x) for x, _ in micro_batches)
    optimizer.zero_grad()
    total = 0.0
    for x, y in micro_batches:
        loss = loss_fn(model(x), y) * (len(x) / rows)
        loss.backward()
        total += loss.item()
    optimizer.step()
    return total
