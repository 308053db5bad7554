import numpy as np
import onnxruntime
import torch


def read(path, slates):
    """Read `slates`, (N, 8, 8) `uint8`, with the model in the file `path`.

    Gives the digits, (N,) whole numbers, and how sure it is of each, (N,) between 0 and 1.
    """
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    x = torch.from_numpy(slates)[:, None] / 255
    (logits,) = session.run(None, {"x": x.numpy()})
    sure, digits = torch.softmax(torch.from_numpy(logits), dim=1).max(dim=1)
    return digits.numpy(), sure.numpy()


digits, sure = read("practice.onnx", np.load("slates.npy"))
print(digits, [f"{share:.2f}" for share in sure])
