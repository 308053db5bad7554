# mistake: last-only
def beam_search(log_prob_fn, start_token, max_len, beam_width, eos_token):
    beams = [(0.0, 0.0, [start_token])]
    for _ in range(max_len - 1):
        done = [b for b in beams if len(b[2]) > 1 and b[2][-1] == eos_token]
        going = [b for b in beams if not (len(b[2]) > 1 and b[2][-1] == eos_token)]
        if not going:
            break
        found = [(m, s + m, [*t, i]) for _, s, t in going for i, m in enumerate(log_prob_fn(t).tolist())]
        found += [(s, s, t) for _, s, t in done]
        beams = sorted(found, key=lambda b: -b[0])[:beam_width]
    return max(beams, key=lambda b: b[1])[2]
