import httpx
import numpy as np
import onnxruntime
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import PlainTextResponse
from palace import opened
from pydantic import BaseModel, field_validator

session = onnxruntime.InferenceSession("balloon.onnx", providers=["CPUExecutionProvider"])


def brain(slates):
    return session.run(None, {"x": slates})[0]


class Petition(BaseModel):
    slate: list[list[float]]

    @field_validator("slate")
    @classmethod
    def whole(cls, rows):
        if [len(row) for row in rows] != [8] * 8:
            raise ValueError("eight rows of eight")
        if not all(0 <= chalk <= 1 for row in rows for chalk in row):
            raise ValueError("chalk from 0 to 1")
        return rows


def porch(brain):
    app = FastAPI()

    async def sorry(request, error):
        return PlainTextResponse("This is no slate.", status_code=422)

    app.add_exception_handler(RequestValidationError, sorry)

    @app.post("/read")
    def read(petition: Petition):
        slates = np.asarray(petition.slate, dtype="float32")[np.newaxis, np.newaxis]
        (logits,) = brain(slates)
        return {"door": int(np.argmax(logits))}

    return app


# Some come to try it.
book = np.load("slates.npz")
good = (book["slates"][0] / 16).tolist()
petitions = {
    "a slate": {"slate": good},
    "a slate without its last row": {"slate": good[:7]},
    "a slate in sixteenths": {"slate": book["slates"][0].tolist()},
    "a word": {"slate": "seven"},
    "good morning": {"greeting": "good morning"},
}
with opened(porch(brain)) as address:
    for what, petition in petitions.items():
        answer = httpx.post(f"{address}/read", json=petition)
        print(f"{what:30} {answer.status_code} {answer.text[:60]}")
