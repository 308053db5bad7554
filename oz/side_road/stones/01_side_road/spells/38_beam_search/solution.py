import torch


def beam_search(log_prob_fn, start_token, max_len, beam_width, eos_token):
    """The best row of tokens found, as a list that begins with `start_token`."""
    beams = [(0.0, [start_token])]
    while any(_open(tokens, max_len, eos_token) for _, tokens in beams):
        candidates = []
        for score, tokens in beams:
            if not _open(tokens, max_len, eos_token):
                candidates.append((score, tokens))
                continue
            for token, more in enumerate(log_prob_fn(tokens).tolist()):
                candidates.append((score + more, [*tokens, token]))
        beams = sorted(candidates, key=lambda beam: beam[0], reverse=True)[:beam_width]
    return beams[0][1]


def _open(tokens, max_len, eos_token):
    ended = len(tokens) > 1 and tokens[-1] == eos_token
    return not ended and len(tokens) < max_len
