"""With a critic: the guess is learnt for every square, and says what is hoped for at nightfall."""

import torch
from torch import nn
from torch.nn import functional as F
from wood import Wood


def make_walker():
    return nn.Sequential(nn.Embedding(25, 32), nn.Tanh(), nn.Linear(32, 4))


def blame(rewards, done, gamma, beyond):
    worth, carried = torch.zeros_like(rewards), beyond
    for t in reversed(range(len(rewards))):
        carried = rewards[t] + gamma * carried * ~done[t]
        worth[t] = carried
    return worth


def stroll(walker, wood, at, steps):
    record = []
    for _ in range(steps):
        with torch.no_grad():
            moves = torch.multinomial(walker(at).softmax(1), 1).squeeze(1)
        to, rewards, done = wood.step(at, moves)
        record.append((at, moves, rewards, done))
        at = to
    return at, [torch.stack(part) for part in zip(*record)]


def train(walker, wood):
    critic = nn.Embedding(25, 1)
    nn.init.zeros_(critic.weight)
    optimizer = torch.optim.Adam(
        [{"params": walker.parameters(), "lr": 0.02}, {"params": critic.parameters(), "lr": 0.05}]
    )
    at = torch.full((128,), wood.start)
    for n in range(200):
        at, (squares, moves, rewards, done) = stroll(walker, wood, at, 20)
        guess = critic(squares).squeeze(-1)
        beyond = critic(at).squeeze(-1).detach()
        worth = blame(rewards, done, 0.97, beyond)
        logp = F.log_softmax(walker(squares), dim=-1)
        drawn = logp.gather(-1, moves.unsqueeze(-1)).squeeze(-1)
        doubt = -(logp.exp() * logp).sum(-1).mean()
        curious = 0.05 * (1 - n / 200)
        loss = -(drawn * (worth - guess.detach())).mean() - curious * doubt + F.mse_loss(guess, worth)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


wood = Wood()
walker = make_walker()
before = wood.walk(walker)
train(walker, wood)
after = wood.walk(walker)
print(wood.draw(before), wood.draw(after), sep="\n\n")
before_picture, after_picture = wood.picture(before), wood.picture(after)
torch.save(walker.state_dict(), "walker.pt")
