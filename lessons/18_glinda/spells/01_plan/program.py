import torch

# A physician's slides: 569, of which 212 show something to be feared.
feared = torch.arange(569) < 212
nobody = torch.zeros(569).bool()  # says of each that it is harmless, and has not looked

print(round((nobody == feared).float().mean().item(), 2))  # right
print(round(nobody[feared].float().mean().item(), 2))  # found

# A nurse's year-book: three people, and a guess that is the same for all of them.
years = torch.tensor([60.0, 90.0, 300.0])
guesses = torch.arange(400.0).unsqueeze(1)  # 0, 1, 2 … 399, one to a row
squared = ((guesses - years) ** 2).mean(dim=1)
plain = (guesses - years).abs().mean(dim=1)
print(squared.argmin().item())  # by_squares
print(plain.argmin().item())  # by_distance
print(round((1 - squared.amin() / ((years - years.mean()) ** 2).mean()).item(), 2))  # explained

# Coins: 200 answers that were tossed, and 2,000 columns of noise to tell them by.
coins = torch.randint(0, 2, (200,)) * 2 - 1
noise = torch.randn(200, 2000)


def tried(chosen_from):
    """Take the 20 columns that go best with the answers in these rows, learn to add them up from the
    first 100 rows, and try that on the last 100: the share that is right."""
    agrees = noise[chosen_from].T @ coins[chosen_from].float()
    best = agrees.abs().argsort()[-20:]
    weights = noise[:100, best].T @ coins[:100].float()
    return ((noise[100:, best] @ weights > 0) == (coins[100:] > 0)).float().mean().item()


print(tried(range(200)) > 0.6)  # peeked
print(tried(range(100)) > 0.6)  # clean

# A thousand guessers who toss coins, tried on the same 20 rows. The best of them is kept.
guessers = torch.randint(0, 2, (1000, 20))
truth = torch.randint(0, 2, (20,))
print((guessers == truth).float().mean(dim=1).amax().item() > 0.7)  # luckiest
