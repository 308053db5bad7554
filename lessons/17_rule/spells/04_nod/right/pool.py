import threading
import time
from contextlib import asynccontextmanager
from typing import Annotated

import httpx
import numpy as np
import onnxruntime
from fastapi import FastAPI, Response
from fastapi.concurrency import run_in_threadpool
from palace import opened
from pydantic import BaseModel, Field

session = onnxruntime.InferenceSession("balloon.onnx", providers=["CPUExecutionProvider"])
Row = Annotated[list[Annotated[float, Field(ge=0, le=1)]], Field(min_length=8, max_length=8)]


class Petition(BaseModel):
    slate: Annotated[list[Row], Field(min_length=8, max_length=8)]


def throne(brain):
    async def door(slates):
        logits = await run_in_threadpool(brain, slates)
        return int(np.argmax(logits[0]))

    @asynccontextmanager
    async def warm(app):
        await door(np.ones((1, 1, 8, 8), dtype="float32"))
        yield

    app = FastAPI(lifespan=warm)

    @app.post("/read")
    async def read(petition: Petition):
        return {"door": await door(np.array(petition.slate, dtype="float32")[None, None])}

    @app.get("/health")
    async def health():
        return Response("as ever", media_type="text/plain")

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
