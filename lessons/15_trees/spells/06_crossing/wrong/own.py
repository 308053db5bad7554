# mistake: own-wood
import torch
from torch import nn
from torch.distributions import Categorical
from wood import Wood


def make_walker():
    """For squares (n,) the leanings (n, 4): north, east, south, west."""
    return nn.Sequential(nn.Embedding(25, 32), nn.Tanh(), nn.Linear(32, 4))


def train(walker, wood, rounds=130):
    """Sends a company of walkers through the wood, again and again, and learns from what becomes of them."""
    wood = Wood()
    optimizer = torch.optim.Adam(walker.parameters(), lr=2e-2)
    at = torch.full((64,), wood.start)
    for _ in range(rounds):
        squares, moves, rewards, over = [], [], [], []
        for _ in range(32):
            with torch.no_grad():
                move = Categorical(logits=walker(at)).sample()
            squares.append(at)
            moves.append(move)
            at, reward, done = wood.step(at, move)
            rewards.append(reward)
            over.append(done)
        worth, carried = [], torch.zeros(64)
        for reward, done in zip(reversed(rewards), reversed(over)):
            carried = reward + 0.97 * carried * ~done
            worth.append(carried)
        worth = torch.stack(worth[::-1])
        policy = Categorical(logits=walker(torch.stack(squares)))
        news = policy.log_prob(torch.stack(moves)) * (worth - worth.mean())
        loss = -news.mean() - 0.03 * policy.entropy().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


wood = Wood()
walker = make_walker()

print("before:")
before = wood.walk(walker)
print(wood.draw(before))
before_picture = wood.picture(before)

train(walker, wood, rounds=1)

print("after:")
after = wood.walk(walker)
print(wood.draw(after))
after_picture = wood.picture(after)
torch.save(walker.state_dict(), "walker.pt")
