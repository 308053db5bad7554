import json

import httpx
import numpy as np
import onnxruntime
from fastapi import FastAPI, HTTPException, Request
from palace import opened

session = onnxruntime.InferenceSession("balloon.onnx", providers=["CPUExecutionProvider"])


def brain(slates):
    return session.run(None, {"x": slates})[0]


def slate_of(text):
    """The slate in a body, or why there is none."""
    try:
        slate = json.loads(text)["slate"]
        rows = np.array(slate, dtype=np.float32)
    except Exception as error:
        raise HTTPException(400, f"no slate: {type(error).__name__}") from error
    if not isinstance(slate, list) or rows.shape != (8, 8):
        raise HTTPException(400, "a slate has eight rows of eight")
    if not ((rows >= 0) & (rows <= 1)).all():
        raise HTTPException(400, "chalk is from 0 to 1")
    return rows


def porch(brain):
    app = FastAPI()

    @app.post("/read")
    async def read(request: Request):
        rows = slate_of(await request.body())
        return {"door": brain(rows[None, None]).argmax(axis=1).item()}

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
