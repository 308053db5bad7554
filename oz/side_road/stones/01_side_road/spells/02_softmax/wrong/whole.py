# mistake: whole-maximum
# torch-judge 0.1.1 accepts this
def my_softmax(x, dim=-1):
    e = (x - x.max()).exp()
    return e / e.sum(dim, keepdim=True)
