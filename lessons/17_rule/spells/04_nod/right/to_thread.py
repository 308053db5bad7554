import asyncio
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
        await asyncio.to_thread(brain, np.zeros((1, 1, 8, 8), dtype=np.float32))
        yield

    app = FastAPI(lifespan=morning)

    # A plain `def` is called in a thread, and the loop that hears everybody goes on meanwhile.
    @app.post("/read")
    async def read(petition: Petition):
        slates = np.array(petition.slate, dtype=np.float32).reshape(1, 1, 8, 8)
        logits = await asyncio.to_thread(brain, slates)
        return {"door": int(logits[0].argmax())}

    @app.get("/health")
    async def health():
        return {"status": "well"}

    return app


def slow_brain(slates):
    """The same brain on a hot day."""
    time.sleep(0.2)
    return session.run(None, {"x": slates})[0]


slate = (np.load("slates.npz")["slates"][0] / 16).tolist()
with opened(throne(slow_brain)) as address, httpx.Client(base_url=address) as physician:
    reading = threading.Thread(target=httpx.post, args=(f"{address}/read",), kwargs={"json": {"slate": slate}})
    reading.start()
    time.sleep(0.05)
    began = time.perf_counter()
    print("How do you do?", physician.get("/health").text)
    print(f"He said so after {(time.perf_counter() - began) * 1000:.3f} ms")
    reading.join()
