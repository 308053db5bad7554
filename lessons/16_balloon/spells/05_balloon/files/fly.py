"""What flies: `python fly.py MODEL SLATES LOGITS`, in a process without torch.

Opens the ONNX file MODEL, hands it what the numpy file SLATES holds, and leaves what comes out in LOGITS.
"""

import sys

import numpy as np
import onnxruntime


def main(model, slates, logits):
    x = np.load(slates)
    try:
        session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
        (out,) = session.run(None, {session.get_inputs()[0].name: x})
    except Exception as error:
        sys.exit(f"the flight fell: {str(error).splitlines()[0][:200]}")
    np.save(logits, out)
    assert "torch" not in sys.modules, "torch is in the basket"
    print(f"aloft: {len(x)} read, and torch is not among those present")


main(*sys.argv[1:])
