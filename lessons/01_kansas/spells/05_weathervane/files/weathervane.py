"""The programme under the tin cock: draws the wind, hour by hour."""

import argparse

import torch

STRENGTHS = ((0.2, "calm"), (0.5, "a breeze"), (0.7, "wind"), (0.9, "a gale"), (1.0, "a cyclone"))


def strength(wind):
    """In words, what a number between 0 and 1 blows like."""
    return next(words for limit, words in STRENGTHS if wind <= limit)


def main():
    parser = argparse.ArgumentParser(description="Draw the wind over Uncle Henry's field.")
    parser.add_argument("--seed", type=int, help="the number to start from; without it, any old one")
    parser.add_argument("--hours", type=int, default=3, help="how many hours to draw (default: 3)")
    asked = parser.parse_args()

    if asked.seed is not None:
        torch.manual_seed(asked.seed)
    else:
        torch.seed()

    there = "an accelerator" if torch.accelerator.is_available() else "no accelerator"
    print(f"weathervane: PyTorch {torch.__version__}, {there}, seed {asked.seed}")
    for hour, wind in enumerate(torch.rand(asked.hours).tolist(), start=1):
        print(f"hour {hour:2}  {wind:.4f}  {strength(wind)}")


if __name__ == "__main__":
    main()
