# mistake: the-sum-not-the-question
book = False
scales = "tensor(0.3000)"
