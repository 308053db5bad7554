average = 10.6  # 180 minutes, and 160, and 720, shared out among a hundred
near = 0  # they waited 2, or 20, or 360
p50 = 2  # the fiftieth of a hundred, sorted
p99 = 360  # the ninety-ninth: two of them waited six hours
both = 20  # of two hundred the 198th, and just two lie beyond it
spared = 0.6  # 0.95 ten times over
asked = 0  # forty-one entries, one of them 60: the 39th is nought
suffered = 55  # sixty came while he slept, and the first of those waited longest
