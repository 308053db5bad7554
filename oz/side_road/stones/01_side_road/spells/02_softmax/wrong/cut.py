# mistake: no-slope
# torch-judge 0.1.1 accepts this
def my_softmax(x, dim=-1):
    e = (x - x.amax(dim, keepdim=True)).exp()
    return e / e.sum(dim, keepdim=True).detach()
