import numpy as np
import torch

river = torch.arange(6)
window = river[2:5]
window[0] = 90
print(river.tolist())  # hat

bucket = river.clone()
picked = river[[0, 1]]
river[0] = 70
print([bucket[0].item(), picked[0].item()])  # bucket

deep = river[river > 50]
deep[0] = 1
print(river.tolist())  # deep

table = river.view(2, 3)
table[1, 2] = 55
print([window.tolist(), river[5].item()])  # table

page = np.zeros(3)
shared = torch.from_numpy(page)
copied = torch.tensor(page)
page[1] = 8.0
print([shared[1].item(), copied[1].item()])  # page
