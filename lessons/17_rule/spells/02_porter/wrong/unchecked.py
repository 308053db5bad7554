# mistake: our-fault
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
        slate = np.array(body["slate"], dtype=np.float32)
        return {"door": int(brain(slate[None, None]).argmax())}

    return app
