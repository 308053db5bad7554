import math

import numpy
import onnxruntime as ort


def read(path, slates):
    session = ort.InferenceSession(path)
    name = session.get_inputs()[0].name
    digits, sure = [], []
    for slate in slates:
        x = (slate.reshape(1, 1, 8, 8) / 255).astype(numpy.float32)
        row = session.run(None, {name: x})[0][0].tolist()
        best = max(row)
        digits.append(row.index(best))
        sure.append(1 / sum(math.exp(value - best) for value in row))
    return digits, sure
