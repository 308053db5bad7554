# mistake: box-in-box
import copy
import torch
from painter import day_of, mould, practise, score


def best_of(model, practise, score, days):
    """Lets `model` practise for so many days; gives it back as it was on its best one, and how good that was."""
    model.eval()
    high = score(model)
    best = copy.deepcopy(model.state_dict())
    for _ in range(days):
        model.train()
        practise(model)
        model.eval()
        now = score(model)
        if now > high:
            high = now
            best = copy.deepcopy(model.state_dict())
    model.load_state_dict(best)
    model.eval()
    return model, high


def pack(model, path):
    torch.save({'model': model.state_dict()}, path)


def unpack(make, path):
    model = make()
    model.load_state_dict(torch.load(path, weights_only=True)['model'])
    model.eval()
    return model


princess, high = best_of(mould(), practise, score, days=4)
pack(princess, "princess.pt")
there = unpack(mould, "princess.pt")
print("over there she is as on day", day_of(there), "on which she was worth", high)
print("and ready to answer:", not there.training)
