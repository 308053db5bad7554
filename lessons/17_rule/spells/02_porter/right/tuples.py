import httpx
import numpy as np
import onnxruntime
from fastapi import APIRouter, FastAPI, Response, status
from fastapi.exceptions import RequestValidationError
from palace import opened
from pydantic import BaseModel, ConfigDict, conlist
from pydantic import confloat

session = onnxruntime.InferenceSession("balloon.onnx", providers=["CPUExecutionProvider"])


def brain(slates):
    return session.run(None, {"x": slates})[0]


class Petition(BaseModel):
    model_config = ConfigDict(allow_inf_nan=False)
    slate: conlist(conlist(confloat(ge=0, le=1, allow_inf_nan=False), min_length=8, max_length=8), min_length=8, max_length=8)


class Answer(BaseModel):
    door: int


def porch(brain):
    desk = APIRouter()

    @desk.post("/read", response_model=Answer)
    def read(petition: Petition):
        logits = brain(np.array([[petition.slate]], dtype=np.float32))
        return Answer(door=logits[0].argmax())

    app = FastAPI(exception_handlers={RequestValidationError: lambda request, error: Response(status_code=422)})
    app.include_router(desk)
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
