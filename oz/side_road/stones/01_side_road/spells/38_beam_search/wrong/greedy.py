# mistake: greedy
def beam_search(log_prob_fn, start_token, max_len, beam_width, eos_token):
    tokens = [start_token]
    while len(tokens) < max_len and (len(tokens) == 1 or tokens[-1] != eos_token):
        tokens.append(int(log_prob_fn(tokens).argmax()))
    return tokens
