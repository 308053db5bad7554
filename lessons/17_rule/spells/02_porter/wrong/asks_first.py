# mistake: asked-anyway
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
            door = int(brain(np.resize(slate, (1, 1, 8, 8))).argmax())
        except (KeyError, ValueError, TypeError):
            raise HTTPException(422, "no slate")
        if slate.shape != (8, 8) or not ((slate >= 0) & (slate <= 1)).all():
            raise HTTPException(422, "no slate of ours")
        return {"door": door}

    return app
