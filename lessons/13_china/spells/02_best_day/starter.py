import torch
from painter import day_of, mould, practise, score


def best_of(model, practise, score, days):
    """Lets `model` practise for so many days; gives it back as it was on its best one, and how good that was."""
    best, high = model.state_dict(), score(model)
    for _ in range(days):
        practise(model)
        now = score(model)
        if now > high:
            best, high = model.state_dict(), now
    model = model.load_state_dict(best)
    return model, high


def pack(model, path):
    """Writes down what there is of `model`."""
    torch.save(model, path)


def unpack(make, path):
    """A model from the same mould, with what lies at `path`, ready to answer."""
    model = torch.load(path, weights_only=True)
    return model


princess, high = best_of(mould(), practise, score, days=4)
pack(princess, "princess.pt")
there = unpack(mould, "princess.pt")
print("over there she is as on day", day_of(there), "on which she was worth", high)
print("and ready to answer:", not there.training)
