# mistake: divmod-of-a-tensor
import torch
from torch import nn


def confusion(read, numbers, kinds):
    """How often each number was read as each: (kinds, kinds), int64. Rows: what it was; columns: what was read."""
    table = torch.zeros(kinds, kinds, dtype=torch.int64)
    for r, n in zip(read, numbers):
        table[n, r] += 1
    return table


def most_confused(table):
    """What was most often read as what else: (what it was, what was read), two ints."""
    table = table.clone().fill_diagonal_(0)
    return divmod(table.argmax(), len(table))


def surest_errors(logits, numbers, k):
    """Rows of the misread slips of which the model was surest, the surest first: k of them, or all there are."""
    p = torch.softmax(logits, dim=1)
    sure, read = p.max(dim=1)
    wrong = (read != numbers).nonzero().flatten()
    return wrong[sure[wrong].argsort(descending=True)][:k]


frame = nn.Sequential(
    nn.Conv2d(1, 16, 3, padding=1),
    nn.BatchNorm2d(16),
    nn.ReLU(),
    nn.AvgPool2d(2),
    nn.Conv2d(16, 32, 3, padding=1),
    nn.BatchNorm2d(32),
    nn.ReLU(),
    nn.AvgPool2d(2),
    nn.Flatten(),
    nn.Linear(128, 10),
)
frame.load_state_dict(torch.load("gates.pt", weights_only=True))
frame.eval()

visitors = torch.load("visitors.pt", weights_only=True)
x, numbers = visitors["pictures"][:, None] / 255, visitors["numbers"]
with torch.no_grad():
    logits = frame(x)
read = logits.argmax(dim=1)

table = confusion(read, numbers, 10)
print(table)
was, instead = most_confused(table)
print(f"{was} was read as {instead} most often")
rows = surest_errors(logits, numbers, 12)
misread_pictures = x[rows]
print("they were", numbers[rows].tolist())
print("read as  ", read[rows].tolist())
