# mistake: column-taken-for-row
import torch
from torch import nn


def confusion(read, numbers, kinds):
    """How often each number was read as each: (kinds, kinds), int64. Rows: what it was; columns: what was read."""
    # Each pair has a place of its own; count the places.
    return torch.bincount(numbers * kinds + read, minlength=kinds * kinds).reshape(kinds, kinds)


def most_confused(table):
    """What was most often read as what else: (what it was, what was read), two ints."""
    errors = table.clone().fill_diagonal_(0)
    was, read = divmod(errors.argmax().item(), table.shape[1])
    return was, read


def surest_errors(logits, numbers, k):
    """Rows of the misread slips of which the model was surest, the surest first: k of them, or all there are."""
    # Sure is what softmax says. Logits of different rows cannot be compared: each row has a zero of its own.
    read = logits.argmax(dim=1)
    wrong = (read != numbers).nonzero()
    sure = torch.softmax(logits[wrong], dim=1).max(dim=1).values
    return wrong[sure.argsort(descending=True)][:k]


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
