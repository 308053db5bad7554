# mistake: blames-them
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
            assert slate.shape == (8, 8) and ((slate >= 0) & (slate <= 1)).all()
            return {"door": int(brain(slate[None, None]).argmax())}
        except Exception:
            raise HTTPException(422, "there is something wrong with your slate")

    return app
