import io

import torch
from painter import day_of, mould, practise, score


def pack(model, path):
    torch.save(model.state_dict(), path)


def unpack(make, path):
    model = make()
    model.load_state_dict(torch.load(path, weights_only=True))
    model.eval()
    return model


def best_of(model, practise, score, days):
    best = None
    for day in range(days + 1):
        if day:
            model.train()
            practise(model)
        model.eval()
        now = score(model)
        if best is None or now > high:
            best, high = io.BytesIO(), now
            pack(model, best)
    best.seek(0)
    return unpack(lambda: model, best), high


princess, high = best_of(mould(), practise, score, days=4)
pack(princess, "princess.pt")
there = unpack(mould, "princess.pt")
print("over there she is as on day", day_of(there))
