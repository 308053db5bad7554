# mistake: numbers-for-parts
foreleg = (32, 64)  # outputs first: a row of weights for each number that comes out
parts = 2410  # two weights and two biases; ReLU has nothing to learn
numbers = 2410  # 32 * 64 + 32, and 10 * 32 + 10
says = (5, 10)  # ten logits for each of five pebbles
ignorance = 2.3  # -log(1/10): ten equal logits are one chance in ten
cleared = True  # zero_grad lets go of the gradients; it does not fill them with noughts
fern = 2.0  # half are nought, and the others doubled, so that the mean stays
untied = 1.0  # in eval mode dropout does nothing at all
