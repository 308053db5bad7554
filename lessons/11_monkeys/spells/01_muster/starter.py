# Three monkeys have come. Plain values only, in place of ...: nobody flies before it is answered.

last = ...  # the highest rank in a world of three
first = ...  # what each of them has in `nuts` after the first all_reduce: [.., .., ..]
second = ...  # what rank 2 has in `nuts` after the second
heaviest = ...  # what rank 0 has in `heaviest`
word = ...  # what each of them has in `word`: [.., .., ..]
places = ...  # what rank 0 has in `places`: [.., .., ..]
perch = ...  # perch.item(), here at home, when all three are back
dice = ...  # True or False: all three drew the same number
