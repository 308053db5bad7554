# mistake: nan-let-in
import httpx
import numpy as np
import onnxruntime
from fastapi import FastAPI, HTTPException
from palace import opened

session = onnxruntime.InferenceSession("balloon.onnx", providers=["CPUExecutionProvider"])


def brain(slates):
    return session.run(None, {"x": slates})[0]


def porch(brain):
    app = FastAPI()

    @app.post("/read")
    def read(body: dict):
        try:
            slate = np.array(body["slate"], dtype=np.float32)
        except (KeyError, ValueError, TypeError):
            raise HTTPException(422, "no slate")
        if slate.shape != (8, 8) or slate.min() < 0 or slate.max() > 1:
            raise HTTPException(422, "no slate of ours")
        return {"door": int(brain(slate[None, None]).argmax())}

    return app
