both = 4
heart = 1
strangers = 0.5
honest = 12
leaky = 9
alone = 0
