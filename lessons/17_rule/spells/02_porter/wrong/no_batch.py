# mistake: no-batch
import numpy as np
from fastapi import FastAPI


def porch(brain):
    app = FastAPI()

    @app.post("/read")
    def read(body: dict):
        return {"door": int(brain(np.array(body["slate"], dtype=np.float32)).argmax())}

    return app
