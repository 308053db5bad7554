# mistake: trusting
import copy

import torch
from painter import day_of, mould, practise, score


def best_of(model, practise, score, days):
    """Lets `model` practise for so many days; gives it back as it was on its best one, and how good that was."""
    model.eval()
    best, high = copy.deepcopy(model.state_dict()), score(model)
    for _ in range(days):
        model.train()
        practise(model)
        model.eval()
        now = score(model)
        if now > high:
            best, high = copy.deepcopy(model.state_dict()), now  # a portrait: the dict alone is a looking-glass
    model.load_state_dict(best)
    return model, high


def pack(model, path):
    """Writes down what there is of `model`."""
    torch.save(model.state_dict(), path)  # numbers and their names; the class stays at home


def unpack(make, path):
    """A model from the same mould, with what lies at `path`, ready to answer."""
    model = make()
    model.load_state_dict(torch.load(path, weights_only=False))
    return model.eval()


princess, high = best_of(mould(), practise, score, days=4)
pack(princess, "princess.pt")
there = unpack(mould, "princess.pt")
print("over there she is as on day", day_of(there), "on which she was worth", high)
print("and ready to answer:", not there.training)
