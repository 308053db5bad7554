# mistake: other-body
from typing import Annotated
import numpy as np
import onnxruntime
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

session = onnxruntime.InferenceSession("balloon.onnx", providers=["CPUExecutionProvider"])


def brain(slates):
    return session.run(None, {"x": slates})[0]


def porch(brain):
    app = FastAPI()

    @app.post("/read")
    def read(slate: list[list[float]]):
        slate = np.array(slate, dtype=np.float32)
        if slate.shape != (8, 8) or not ((slate >= 0) & (slate <= 1)).all():
            return {"error": "no slate"}, 400
        return {"door": int(brain(slate[None, None]).argmax())}

    return app
