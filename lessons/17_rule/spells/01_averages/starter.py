# What will be printed? Plain numbers, in place of ...

average = ...  # the mean wait at the front door
near = ...  # how many waited anything near that: more than 5 minutes, less than 16
p50 = ...  # the wait that half of them did not exceed
p99 = ...  # the wait that 99 in a hundred did not exceed
both = ...  # the same, for both doors taken together
spared = ...  # the chance of ten slates that none is among the slowest twentieth
asked = ...  # p95 in the page boy's book
suffered = ...  # p95 of the people
