# mistake: too-early
import threading
import time
from typing import Annotated

import httpx
import numpy as np
import onnxruntime
from fastapi import FastAPI
from palace import opened
from pydantic import BaseModel, Field

session = onnxruntime.InferenceSession("balloon.onnx", providers=["CPUExecutionProvider"])
Row = Annotated[list[Annotated[float, Field(ge=0, le=1)]], Field(min_length=8, max_length=8)]


class Petition(BaseModel):
    slate: Annotated[list[Row], Field(min_length=8, max_length=8)]


def throne(brain):
    """The palace as an application: POST /read, and GET /health for whoever wants to know how he is."""

    brain(np.zeros((1, 1, 8, 8), dtype=np.float32))
    app = FastAPI()

    # A plain `def` is called in a thread, and the loop that hears everybody goes on meanwhile.
    @app.post("/read")
    def read(petition: Petition):
        slates = np.array(petition.slate, dtype=np.float32).reshape(1, 1, 8, 8)
        return {"door": int(brain(slates)[0].argmax())}

    @app.get("/health")
    async def health():
        return {"status": "well"}

    return app
