# mistake: last-loss
# torch-judge 0.1.1 accepts this
def accumulated_step(model, optimizer, loss_fn, micro_batches):
    rows = sum(len(x) for x, _ in micro_batches)
    optimizer.zero_grad()
    for x, y in micro_batches:
        loss = loss_fn(model(x), y)
        (loss * len(x) / rows).backward()
    optimizer.step()
    return loss.item()
