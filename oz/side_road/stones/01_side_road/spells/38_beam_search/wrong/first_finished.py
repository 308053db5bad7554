# mistake: first-finished
# torch-judge 0.1.1 accepts this
def beam_search(log_prob_fn, start_token, max_len, beam_width, eos_token):
    beams = [(0.0, [start_token])]
    for _ in range(max_len - 1):
        found = [(s + m, [*t, i]) for s, t in beams for i, m in enumerate(log_prob_fn(t).tolist())]
        beams = sorted(found, key=lambda b: -b[0])[:beam_width]
        for _, tokens in beams:
            if tokens[-1] == eos_token:
                return tokens
    return beams[0][1]
