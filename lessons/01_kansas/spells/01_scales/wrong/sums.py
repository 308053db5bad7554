# mistake: the-sum-not-the-question
book = 0.30000000000000004
scales = 0.3
