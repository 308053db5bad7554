# mistake: identity
# torch-judge 0.1.1 accepts this
def apply_rope(q, k):
    return q, k
