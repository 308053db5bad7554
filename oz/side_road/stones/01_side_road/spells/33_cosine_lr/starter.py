import torch


def cosine_lr_schedule(step, total_steps, warmup_steps, max_lr, min_lr=0.0):
    """The learning rate at `step`, counted from 0."""
