"""Das Programm unter dem Blechhahn: zieht den Wind, Stunde um Stunde."""

import argparse

import torch

STRENGTHS = ((0.2, "Stille"), (0.5, "eine Brise"), (0.7, "Wind"), (0.9, "Sturm"), (1.0, "ein Wirbelsturm"))


def strength(wind):
    """In Worten, wie eine Zahl zwischen 0 und 1 weht."""
    return next(words for limit, words in STRENGTHS if wind <= limit)


def main():
    parser = argparse.ArgumentParser(description="Zieht den Wind über Onkel Henrys Feld.")
    parser.add_argument("--seed", type=int, help="die Zahl zum Anfangen; ohne sie irgendeine")
    parser.add_argument("--hours", type=int, default=3, help="wie viele Stunden zu ziehen sind (sonst: 3)")
    asked = parser.parse_args()

    if asked.seed is not None:
        torch.manual_seed(asked.seed)
    else:
        torch.seed()

    there = "ein Beschleuniger" if torch.accelerator.is_available() else "kein Beschleuniger"
    print(f"weathervane: PyTorch {torch.__version__}, {there}, Seed {asked.seed}")
    for hour, wind in enumerate(torch.rand(asked.hours).tolist(), start=1):
        print(f"Stunde {hour:2}  {wind:.4f}  {strength(wind)}")


if __name__ == "__main__":
    main()
