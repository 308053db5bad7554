# mistake: dim-ignored
# torch-judge 0.1.1 accepts this
def my_softmax(x, dim=-1):
    e = (x - x.amax(-1, keepdim=True)).exp()
    return e / e.sum(-1, keepdim=True)
