import torch
import torch.distributed as dist
from ranks import launch

perch = torch.zeros(1)


def work(rank, world):
    perch.add_(1)

    nuts = torch.tensor([rank + 1.0])
    dist.all_reduce(nuts)
    first = nuts.item()
    dist.all_reduce(nuts)
    second = nuts.item()

    heaviest = torch.tensor([10.0 * rank])
    dist.all_reduce(heaviest, op=dist.ReduceOp.MAX)

    word = torch.tensor([rank + 5])
    dist.broadcast(word, src=1)

    places = [torch.zeros(1, dtype=torch.int64) for _ in range(world)]
    dist.all_gather(places, torch.tensor([rank * rank]))

    torch.manual_seed(7)
    drawn = torch.rand(1).item()
    return rank, first, second, heaviest.item(), word.item(), torch.cat(places).tolist(), drawn


told = launch(work, 3)  # work(0, 3), work(1, 3) and work(2, 3), each in a process of its own
print(max(rank for rank, *_ in told))  # last
print([first for _, first, *_ in told])  # first
print(told[2][2])  # second
print(told[0][3])  # heaviest
print([word for *_, word, _, _ in told])  # word
print(told[0][5])  # places
print(perch.item())  # perch
print(told[0][6] == told[1][6] == told[2][6])  # dice
