# mistake: lost-finished
def beam_search(log_prob_fn, start_token, max_len, beam_width, eos_token):
    beams = [(0.0, [start_token])]
    for _ in range(max_len - 1):
        going = [b for b in beams if len(b[1]) == 1 or b[1][-1] != eos_token]
        if not going:
            break
        found = [(s + m, [*t, i]) for s, t in going for i, m in enumerate(log_prob_fn(t).tolist())]
        beams = sorted(found, key=lambda b: -b[0])[:beam_width]
    return beams[0][1]
