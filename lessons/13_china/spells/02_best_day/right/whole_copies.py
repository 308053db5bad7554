from copy import deepcopy

import torch
from painter import day_of, mould, practise, score


def best_of(model, practise, score, days):
    model.eval()
    best, high = deepcopy(model), score(model)
    for day in range(1, days + 1):
        model.train()
        practise(model)
        model.eval()
        if (now := score(model)) > high:
            best, high = deepcopy(model), now
    return best, high


def pack(model, path):
    with open(path, "wb") as file:
        torch.save(model.state_dict(), file)


def unpack(make, path):
    model = make()
    report = model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True), strict=True)
    assert not report.missing_keys
    model.train(False)
    return model


princess, high = best_of(mould(), practise, score, days=4)
pack(princess, "princess.pt")
there = unpack(mould, "princess.pt")
print("over there she is as on day", day_of(there))
