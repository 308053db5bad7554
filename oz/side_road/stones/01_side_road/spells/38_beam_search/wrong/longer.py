# mistake: too-long
# torch-judge 0.1.1 accepts this
def beam_search(log_prob_fn, start_token, max_len, beam_width, eos_token):
    def is_open(t):
        return len(t) <= max_len and (len(t) == 1 or t[-1] != eos_token)

    beams = [(0.0, [start_token])]
    while any(is_open(t) for _, t in beams):
        found = [b for b in beams if not is_open(b[1])]
        found += [(s + m, [*t, i]) for s, t in beams if is_open(t) for i, m in enumerate(log_prob_fn(t).tolist())]
        beams = sorted(found, key=lambda b: -b[0])[:beam_width]
    return beams[0][1]
