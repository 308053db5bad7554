"""A training loop over a Dataset with DataLoader workers, and an evaluation."""

import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset, get_worker_info


class Blobs(Dataset):
    def __init__(self, count: int) -> None:
        generator = torch.Generator().manual_seed(0)
        self.labels = torch.randint(0, 3, (count,), generator=generator)
        centres = torch.tensor([[0.0, 3.0], [3.0, -2.0], [-3.0, -2.0]])
        self.points = centres[self.labels] + torch.randn(count, 2, generator=generator)

    def __len__(self) -> int:
        return len(self.labels)

    def __getitem__(self, index: int):
        info = get_worker_info()
        return self.points[index], self.labels[index], -1 if info is None else info.id


def main() -> None:
    torch.manual_seed(1)
    loader = DataLoader(Blobs(512), batch_size=32, shuffle=True, num_workers=2)
    model = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 3))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    workers = set()
    for epoch in range(2):
        model.train()
        for points, labels, worker in loader:
            workers |= set(worker.tolist())
            loss = nn.functional.cross_entropy(model(points), labels)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
        print(f"epoch {epoch}: loss {loss.item():.3f}")
    model.eval()
    test = Blobs(200)
    with torch.inference_mode():
        right = (model(test.points).argmax(1) == test.labels).float().mean()
    assert workers == {0, 1}, workers
    assert right > 0.9, right
    print("done")


if __name__ == "__main__":
    main()
