import torch


def accumulated_step(model, optimizer, loss_fn, micro_batches):
    """One step of `optimizer` from all of `micro_batches`; gives the loss of them together."""
