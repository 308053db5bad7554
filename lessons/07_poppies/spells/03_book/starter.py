# The weigher reads, and you say it first. Plain numbers only, in place of ...

both = ...  # how many of the four mice are on both sides, when every second row is held back
heart = ...  # the share judged rightly then, 0 to 1
strangers = ...  # the share judged rightly when two of the mice are held back
honest = ...  # how much heavier than average the stranger is, by the average of the known
leaky = ...  # the same, by the average of all four
alone = ...  # the same, by the average of the stranger
