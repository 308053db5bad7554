# mistake: repeats-it
import httpx
import numpy as np
import onnxruntime
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from palace import opened
from typing import Annotated

from pydantic import BaseModel, Field

session = onnxruntime.InferenceSession("balloon.onnx", providers=["CPUExecutionProvider"])


def brain(slates):
    return session.run(None, {"x": slates})[0]


# What a slate is, said once. A NaN is neither at least 0 nor at most 1, and stays outside with the rest.
Chalk = Annotated[float, Field(ge=0, le=1)]
Row = Annotated[list[Chalk], Field(min_length=8, max_length=8)]


class Petition(BaseModel):
    slate: Annotated[list[Row], Field(min_length=8, max_length=8)]


def porch(brain):
    """The palace, as an application: POST /read takes {"slate": 8 rows of 8} and says {"door": …}."""
    app = FastAPI()

    @app.post("/read")
    def read(petition: Petition):
        slates = np.array(petition.slate, dtype=np.float32).reshape(1, 1, 8, 8)
        return {"door": int(brain(slates)[0].argmax())}

    return app
