# mistake: not-cleared
# torch-judge 0.1.1 accepts this
def accumulated_step(model, optimizer, loss_fn, micro_batches):
    rows = sum(len(x) for x, _ in micro_batches)
    total = 0.0
    for x, y in micro_batches:
        loss = loss_fn(model(x), y) * len(x) / rows
        loss.backward()
        total += loss.item()
    optimizer.step()
    optimizer.zero_grad()
    return total
