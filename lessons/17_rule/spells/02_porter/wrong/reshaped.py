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
