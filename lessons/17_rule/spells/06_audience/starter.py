import asyncio
import json
import time

import httpx
import numpy as np
import onnxruntime
from fastapi import FastAPI
from palace import opened

AT_MOST = 16  # petitioners in a party
WITHIN = 0.005  # seconds that the first of a party waits for company

app = FastAPI()


@app.post("/read")
async def read(body: dict):
    session = onnxruntime.InferenceSession("balloon.onnx", providers=["CPUExecutionProvider"])
    slates = np.array([[body["slate"]]], dtype=np.float32)
    return {"door": int(session.run(None, {"x": slates})[0].argmax())}


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
