import asyncio
import json
import queue
import threading
import time
from concurrent.futures import Future
from contextlib import asynccontextmanager
from typing import Annotated

import httpx
import numpy as np
import onnxruntime
from fastapi import FastAPI, HTTPException
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from palace import opened
from pydantic import BaseModel, Field

AT_MOST = 16  # petitioners in a party
WITHIN = 0.005  # seconds that the first of a party waits for company

Row = Annotated[list[Annotated[float, Field(ge=0, le=1)]], Field(min_length=8, max_length=8)]


class Petition(BaseModel):
    slate: Annotated[list[Row], Field(min_length=8, max_length=8)]


class Usher(threading.Thread):
    """One thread with one head: takes who sits on the bench, thinks, and tells everybody."""

    def __init__(self, brain):
        super().__init__(daemon=True)
        self.brain = brain
        self.bench = queue.Queue()

    def run(self):
        while (first := self.bench.get()) is not None:
            party = [first]
            closing = time.monotonic() + WITHIN
            while len(party) < AT_MOST:
                try:
                    party.append(self.bench.get(timeout=max(0.0, closing - time.monotonic())))
                except queue.Empty:
                    break
            over = None in party
            party = [one for one in party if one is not None]
            try:
                rows = self.brain(np.stack([slate for slate, _ in party])[:, np.newaxis])
            except Exception as error:
                for _, answer in party:
                    if answer.set_running_or_notify_cancel():
                        answer.set_exception(error)
            else:
                for (_, answer), row in zip(party, rows, strict=True):
                    if answer.set_running_or_notify_cancel():
                        answer.set_result(int(row.argmax()))
            if over:
                break

    async def read(self, slate):
        answer = Future()
        self.bench.put((slate, answer))
        return await asyncio.wrap_future(answer)


@asynccontextmanager
async def day(app):
    """What is made once, before the doors open: the session, its first thought, the ushers."""
    session = onnxruntime.InferenceSession("balloon.onnx", providers=["CPUExecutionProvider"])

    def brain(slates):
        return session.run(None, {"x": slates})[0]

    brain(np.zeros((AT_MOST, 1, 8, 8), dtype=np.float32))
    app.state.ushers = Usher(brain)
    app.state.ushers.start()
    yield
    app.state.ushers.bench.put(None)
    app.state.ushers.join()


app = FastAPI(lifespan=day)


@app.exception_handler(RequestValidationError)
async def refuse(request, error):
    said = [{"where": fault["loc"], "what": fault["msg"]} for fault in error.errors()]
    return JSONResponse({"refused": said}, status_code=422)


@app.post("/read")
async def read(petition: Petition):
    try:
        door = await app.state.ushers.read(np.array(petition.slate, dtype=np.float32))
    except Exception as error:
        raise HTTPException(503, "the ruler is indisposed") from error
    return {"door": door}


@app.get("/health")
async def health():
    return {"status": "well"}


# --- petitioners, to try it with ---


async def petition(address, slates, at_once):
    """Bring every slate, `at_once` at the same time: the doors, and how long each waited, in milliseconds."""
    doors, waits = [None] * len(slates), [None] * len(slates)
    queue = iter(enumerate(slates))

    async def come(client):
        for which, slate in queue:
            began = time.perf_counter()
            answer = await client.post("/read", content=json.dumps({"slate": slate.tolist()}))
            doors[which] = answer.json().get("door")
            waits[which] = (time.perf_counter() - began) * 1000

    async with httpx.AsyncClient(
        base_url=address, headers={"content-type": "application/json"}, timeout=30
    ) as client:
        await asyncio.gather(*(come(client) for _ in range(at_once)))
    return doors, waits


if __name__ == "__main__":
    book = np.load("slates.npz")
    slates, right = book["slates"][:64] / 16, book["doors"][:64]
    with opened(app) as address:
        doors, waits = asyncio.run(petition(address, slates, at_once=32))
    print(f"{np.mean(doors == right):.0%} of {len(doors)} to the right door")
    for share in (50, 95, 99):
        print(f"p{share} {np.percentile(waits, share):7.1f} ms")
