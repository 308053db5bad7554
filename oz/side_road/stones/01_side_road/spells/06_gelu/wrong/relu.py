# mistake: relu
def my_gelu(x):
    return x.clamp(min=0)
