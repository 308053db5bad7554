# mistake: no-health
import threading
import time
from contextlib import asynccontextmanager
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

    @asynccontextmanager
    async def morning(app):
        # Before the doors open he reads something of the shape that will come; if he cannot, they stay shut.
        brain(np.zeros((1, 1, 8, 8), dtype=np.float32))
        yield

    app = FastAPI(lifespan=morning)

    # A plain `def` is called in a thread, and the loop that hears everybody goes on meanwhile.
    @app.post("/read")
    def read(petition: Petition):
        slates = np.array(petition.slate, dtype=np.float32).reshape(1, 1, 8, 8)
        return {"door": int(brain(slates)[0].argmax())}

    return app
