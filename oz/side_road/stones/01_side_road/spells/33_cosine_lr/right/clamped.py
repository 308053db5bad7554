import math


def cosine_lr_schedule(step, total_steps, warmup_steps, max_lr, min_lr=0.0):
    if warmup_steps and step < warmup_steps:
        return step / warmup_steps * max_lr
    t = min(1.0, (step - warmup_steps) / max(1, total_steps - warmup_steps))
    share = (1 + math.cos(t * math.pi)) / 2
    return share * max_lr + (1 - share) * min_lr
