"""The wood: five rows of five, where the trees stand, what a step does, and how a walk is drawn."""

import torch

ROWS = ["..T.!", ".T..T", "...T.", "TT...", "@..T."]
DOWN = torch.tensor([-1, 0, 1, 0])  # north, east, south, west
ACROSS = torch.tensor([0, 1, 0, -1])


class Wood:
    """T is a tree, @ the start, ! the way out. Squares are counted along the rows, from 0 to 24."""

    def __init__(self, rows=ROWS):
        flat = "".join(rows)
        self.rows, self.columns = len(rows), len(rows[0])
        self.start, self.out = flat.index("@"), flat.index("!")
        self.trees = torch.tensor([square == "T" for square in flat])

    def step(self, at, moves):
        """One step of every walker (n,): squares, rewards, done. Whoever is done stands at the start again."""
        row = (at // self.columns + DOWN[moves]).clamp(0, self.rows - 1)
        column = (at % self.columns + ACROSS[moves]).clamp(0, self.columns - 1)
        to = row * self.columns + column
        through, struck = to == self.out, self.trees[to]
        done = through | struck
        reward = torch.where(through, 1.0, torch.where(struck, -0.2, -0.01))
        return torch.where(done, self.start, to), reward, done

    def walk(self, walker, steps=30):
        """One walk: the squares it touched, the last of them a tree, the way out, or where it got dark."""
        squares = [self.start]
        for _ in range(steps):
            at = torch.tensor([squares[-1]])
            with torch.no_grad():
                move = torch.distributions.Categorical(logits=walker(at)).sample()
            row = min(max(squares[-1] // self.columns + int(DOWN[move]), 0), self.rows - 1)
            column = min(max(squares[-1] % self.columns + int(ACROSS[move]), 0), self.columns - 1)
            squares.append(row * self.columns + column)
            if self.trees[squares[-1]] or squares[-1] == self.out:
                break
        return squares

    def draw(self, squares):
        """The wood as text, with the steps of a walk in it; X where it was struck."""
        shown = ["T" if tree else "." for tree in self.trees]
        shown[self.out] = "!"
        for n, square in enumerate(squares):
            shown[square] = "X" if self.trees[square] else shown[square] if square == self.out else str(n % 10)
        lines = [shown[n : n + self.columns] for n in range(0, len(shown), self.columns)]
        return "\n".join("  " + " ".join(line) for line in lines)

    def picture(self, squares):
        """The same as an image (20, 20), 0 to 1: trees grey, the walk bright."""
        image = self.trees.float() * 0.35
        image[torch.tensor(squares)] = 1.0
        image = image.reshape(self.rows, self.columns)
        return image.repeat_interleave(4, 0).repeat_interleave(4, 1)
