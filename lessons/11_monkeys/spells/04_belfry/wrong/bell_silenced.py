# mistake: bell-unheard
import torch
import torch.distributed as dist
from baskets import BASKETS  # rank 0 has three baskets, rank 1 has two, rank 2 has three
from ranks import launch

# How it hung as it was found, in `mean_weight`:
waiting = [0, 2]  # they had a third basket
gone_on = 1  # it had two, and was through
which = 3  # two rounds went well


def mean_weight(baskets):
    """What a nut weighs on the average, over the baskets of all ranks; the same number on every rank."""
    total = torch.zeros(2)
    for basket in baskets:
        total += torch.tensor([basket.sum(), basket.numel()])  # their weight, and how many
    # once, outside the loop: every rank comes by here once, however many baskets it had
    dist.all_reduce(total)
    return (total[0] / total[1]).item()


def loudest_bell(mine):
    """How loud the loudest bell of all is; every rank knows it afterwards."""
    loudest = mine.clone()
    return loudest.item()


def tell(word, hands):
    """The word of rank 0, and how many hands there are altogether, on every rank."""
    # the same calls in the same order on every rank: nothing else says which belongs to which
    dist.broadcast(word, src=0)
    dist.all_reduce(hands)
    return word, hands


def evening(rank, world):
    """All that the belfry has to do of an evening."""
    mean = mean_weight(BASKETS[rank])
    loudest = loudest_bell(torch.tensor([60.0 + 5 * rank]))
    word, hands = tell(torch.tensor([7.0 * (rank == 0)]), torch.tensor([2.0]))
    return mean, loudest, word.item(), hands.item()


for rank, told in enumerate(launch(evening, 3)):
    print(
        f"rank {rank}: a nut weighs {told[0]:.3f}, the loudest bell {told[1]:g}, word {told[2]:g}, hands {told[3]:g}"
    )
