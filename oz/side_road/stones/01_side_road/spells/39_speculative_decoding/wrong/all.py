# mistake: accepts-all
# torch-judge 0.1.1 accepts this
def speculative_decode(target_probs, draft_probs, draft_tokens):
    return draft_tokens.tolist()
