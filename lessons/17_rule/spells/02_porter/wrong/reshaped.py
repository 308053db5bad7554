# mistake: reshaped
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
            slate = np.array(body["slate"], dtype=np.float32).reshape(1, 1, 8, 8)
        except (KeyError, ValueError, TypeError):
            raise HTTPException(422, "no slate")
        return {"door": int(brain(slate).argmax())}

    return app
