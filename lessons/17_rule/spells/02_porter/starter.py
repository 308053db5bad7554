import httpx
import numpy as np
import onnxruntime
from fastapi import FastAPI
from palace import opened  # lies beside this file: serves an application on loopback

session = onnxruntime.InferenceSession("balloon.onnx", providers=["CPUExecutionProvider"])


def brain(slates):
    """Ten logits for each of n slates: float32, (n, 1, 8, 8), chalk from 0 to 1."""
    return session.run(None, {"x": slates})[0]


def porch(brain):
    """The palace, as an application: POST /read takes {"slate": 8 rows of 8} and says {"door": …}."""
    app = FastAPI()

    @app.post("/read")
    def read(body: dict):
        slate = np.array(body["slate"])
        return {"door": brain(slate).argmax()}

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
