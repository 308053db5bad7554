import torch
from torch import nn

PROBLEM = "cellar"


def train(x, answers):
    """Levelled twice over: by buffers of the rows, and by a batch norm behind the first layer."""
    n = len(x)
    learn = torch.arange(n)[torch.arange(n) % 6 != 0]
    level = nn.BatchNorm1d(x.shape[1], affine=False)
    level.running_mean.copy_(x[learn].mean(0))
    level.running_var.copy_(x[learn].var(0))
    level.eps = 0.0
    level.eval()
    net = nn.Sequential(nn.Linear(x.shape[1], 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Linear(32, 3))
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
    with torch.no_grad():
        levelled = level(x)
    for day in range(15):
        net.train()
        for rows in learn[torch.randperm(len(learn))].split(20):
            loss = nn.functional.cross_entropy(net(levelled[rows]), answers[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return nn.Sequential(level, net).eval()


rows = torch.load("rows.pt", weights_only=True)["cellar"]
x, answers = rows["x"], rows["answers"]
model = train(x[:90], answers[:90])
promise = (model(x[90:]).argmax(1) == answers[90:]).float().mean()
rows = torch.export.Dim("rows", min=1)
torch.export.save(
    torch.export.export(train(x, answers), (x[:3],), dynamic_shapes=[{0: rows}]), "home.pt2"
)
