import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
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
    head = ThreadPoolExecutor(max_workers=1)

    @asynccontextmanager
    async def day(app):
        head.submit(brain, np.random.rand(4, 1, 8, 8).astype(np.float32)).result()
        try:
            yield
        finally:
            head.shutdown(wait=False)

    app = FastAPI(lifespan=day)

    @app.get("/health")
    def health():
        return "well"

    @app.post("/read")
    async def read(petition: Petition):
        slates = np.asarray([[petition.slate]], dtype=np.float32)
        logits = await asyncio.get_running_loop().run_in_executor(head, brain, slates)
        return {"door": logits.argmax(axis=1).item()}

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
