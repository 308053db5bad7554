import torch


def beam_search(log_prob_fn, start_token, max_len, beam_width, eos_token):
    beams, done = [([start_token], 0.0)], []
    for _ in range(max_len - 1):
        grown = [(t, s) for t, s in beams if len(t) > 1 and t[-1] == eos_token]
        going = [(t, s) for t, s in beams if not (len(t) > 1 and t[-1] == eos_token)]
        if not going:
            break
        for tokens, score in going:
            lp = log_prob_fn(tokens)
            top = torch.topk(lp, min(beam_width, lp.numel()))
            grown += [(tokens + [int(i)], score + float(v)) for v, i in zip(top.values, top.indices)]
        beams = sorted(grown, key=lambda b: b[1], reverse=True)[:beam_width]
    return max(beams, key=lambda b: b[1])[0]
