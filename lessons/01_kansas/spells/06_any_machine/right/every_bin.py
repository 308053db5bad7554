import copy, random
import numpy as np
import torch
torch.set_num_threads(1)
def choose_device():
    acc = torch.accelerator.current_accelerator(True)
    return acc if acc is not None else torch.device("cpu", 0)
def prepare(model, batch, seed):
    random.seed(seed); np.random.seed(seed); torch.manual_seed(seed)
    d = choose_device()
    m = copy.deepcopy(model).type(torch.float32).to(d)
    b = torch.tensor(np.asarray(batch, dtype="float32")).to(d, non_blocking=True)
    return m, b
