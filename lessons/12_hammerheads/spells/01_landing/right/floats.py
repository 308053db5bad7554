import torch

far = float("inf")
reached = True
days = 256
marked = 257
gone = True
raised = False
middle = float("inf")
together = torch.float32
