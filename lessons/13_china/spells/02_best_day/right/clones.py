import torch
from painter import day_of, mould, practise, score


def portrait(model):
    return {name: part.detach().clone() for name, part in model.state_dict().items()}


def best_of(model, practise, score, days):
    model.eval()
    gallery = [(score(model), portrait(model))]
    for _ in range(days):
        practise(model.train())
        gallery.append((score(model.eval()), portrait(model)))
    high, best = max(gallery, key=lambda pair: pair[0])
    model.load_state_dict(best)
    return model, high


def pack(model, path):
    torch.save(portrait(model), path)


def unpack(make, path):
    model = make().eval()
    model.load_state_dict(torch.load(path))
    return model


princess, high = best_of(mould(), practise, score, days=4)
pack(princess, "princess.pt")
there = unpack(mould, "princess.pt")
print("over there she is as on day", day_of(there))
