import os
import tempfile

import torch
from mat import difference, life
from torch.nn.functional import cross_entropy
from torch.utils.data import DataLoader, TensorDataset


def remember(path, parts):
    with tempfile.NamedTemporaryFile(dir=os.path.dirname(path) or ".", delete=False) as file:
        torch.save(parts, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(file.name, path)


def train(model, optimizer, scheduler, x, y, epochs, path):
    first, history = 0, torch.zeros(0, dtype=torch.float64)
    try:
        kept = torch.load(path)
    except FileNotFoundError:
        pass
    else:
        first, history = kept["next"], kept["history"]
        scheduler.load_state_dict(kept["scheduler"])
        optimizer.load_state_dict(kept["optimizer"])
        model.load_state_dict(kept["model"])
        torch.set_rng_state(kept["rng"])
    loader = DataLoader(TensorDataset(x, y), batch_size=20, shuffle=True)
    for epoch in range(first, epochs):
        model.train()
        total = 0.0
        for rows, digits in loader:
            loss = cross_entropy(model(rows), digits)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        scheduler.step()
        history = torch.cat([history, torch.tensor([total / len(loader)], dtype=torch.float64)])
        remember(
            path,
            {
                "next": epoch + 1,
                "history": history,
                "model": model.state_dict(),
                "optimizer": optimizer.state_dict(),
                "scheduler": scheduler.state_dict(),
                "rng": torch.get_rng_state(),
            },
        )
    return history.tolist()


whole = life(train, "whole.pt", 4, seed=13)
fallen = life(train, "china.pt", 4, seed=13, falls_after=23)
print("the process ended with", fallen.code)
mended = life(train, "china.pt", 4, seed=99)
print("differs by", difference(whole.value[1], mended.value[1]))
