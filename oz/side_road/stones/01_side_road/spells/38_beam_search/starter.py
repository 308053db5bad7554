import torch


def beam_search(log_prob_fn, start_token, max_len, beam_width, eos_token):
    """The best row of tokens found, as a list that begins with `start_token`."""
