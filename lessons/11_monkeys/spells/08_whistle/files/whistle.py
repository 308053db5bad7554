"""The whistle: every monkey that hears it says so, and they count themselves.

    torchrun --standalone --nproc-per-node 2 whistle.py --song up

Each rank counts itself in, on whatever machine it sits; rank 0 writes down who was there (heard.txt).
"""

import argparse
import os
from datetime import timedelta

import torch
import torch.distributed as dist

SONGS = ("up", "down", "home")


def main():
    parser = argparse.ArgumentParser(prog="whistle.py", description="Call the monkeys together.")
    parser.add_argument(
        "--song", choices=SONGS, default="down", help="what is whistled (default: down)"
    )
    asked = parser.parse_args()

    dist.init_process_group("gloo", timeout=timedelta(seconds=60))
    rank, world = dist.get_rank(), dist.get_world_size()
    tower = int(os.environ.get("GROUP_RANK", "0"))  # which machine, of several
    mine = torch.tensor([tower, int(os.environ["LOCAL_RANK"]), SONGS.index(asked.song)])
    everybody = [torch.empty_like(mine) for _ in range(world)]
    dist.all_gather(everybody, mine)
    if rank == 0:
        with open("heard.txt", "w", encoding="utf-8") as book:
            for number, (at, perch, song) in enumerate(torch.stack(everybody).tolist()):
                book.write(f"{number} {at} {perch} {SONGS[song]}\n")
                print(
                    f"rank {number} of {world}, on perch {perch} of tower {at}, whistles '{SONGS[song]}'"
                )
    dist.barrier()
    dist.destroy_process_group()


if __name__ == "__main__":
    main()
