import asyncio
import json
import time
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


class Ushers:
    """Bring petitioners in together: at most `at_most`, or whoever has come `within` seconds of the first."""

    def __init__(self, brain, at_most=AT_MOST, within=WITHIN):
        self.brain, self.at_most, self.within = brain, at_most, within
        self.bench = asyncio.Queue()

    async def __aenter__(self):
        self.usher = asyncio.create_task(self.serve())
        return self

    async def __aexit__(self, *raised):
        self.usher.cancel()
        await asyncio.gather(self.usher, return_exceptions=True)

    async def read(self, slate):
        answer = asyncio.get_running_loop().create_future()
        self.bench.put_nowait((slate, answer))  # it has no limit, so nobody waits here
        return await answer

    async def gather(self):
        party = [await self.bench.get()]
        try:
            async with asyncio.timeout(self.within):
                while len(party) < self.at_most:
                    party.append(await self.bench.get())
        except TimeoutError:
            pass
        return party

    async def serve(self):
        while True:
            party = await self.gather()
            try:
                slates = np.stack([slate for slate, _ in party])[:, None]
                logits = await asyncio.to_thread(self.brain, slates)
                doors = logits.argmax(axis=1).tolist()
            except Exception as error:
                for _, answer in party:
                    if not answer.done():
                        answer.set_exception(error)
            else:
                for (_, answer), door in zip(party, doors, strict=True):
                    if not answer.done():
                        answer.set_result(door)


@asynccontextmanager
async def day(app):
    """What is made once, before the doors open: the session, its first thought, the ushers."""
    session = onnxruntime.InferenceSession("balloon.onnx", providers=["CPUExecutionProvider"])

    def brain(slates):
        return session.run(None, {"x": slates})[0]

    brain(np.zeros((AT_MOST, 1, 8, 8), dtype=np.float32))
    async with Ushers(brain) as app.state.ushers:
        yield


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
