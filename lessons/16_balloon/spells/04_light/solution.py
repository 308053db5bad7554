import numpy as np
import onnxruntime


def read(path, slates):
    """Read `slates`, (N, 8, 8) `uint8`, with the model in the file `path`.

    Gives the digits, (N,) whole numbers, and how sure it is of each, (N,) between 0 and 1.
    """
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    x = slates[:, None].astype(np.float32) / 255
    (logits,) = session.run(None, {session.get_inputs()[0].name: x})
    # The largest goes to nought first: e to the 900 would burst, and the shares are the same.
    weights = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares = weights / weights.sum(axis=1, keepdims=True)
    return logits.argmax(axis=1), shares.max(axis=1)


digits, sure = read("practice.onnx", np.load("slates.npy"))
print(digits, [f"{share:.2f}" for share in sure])
