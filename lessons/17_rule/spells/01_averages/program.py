import numpy as np


def wait_of(share, waits):
    """The wait that `share` percent of the people did not exceed: sort, count off, look."""
    return int(np.percentile(waits, share, method="inverted_cdf"))


# Minutes, as they stand in the book. This morning, at the front door:
front = [2] * 90 + [20] * 8 + [360] * 2

print(np.mean(front))  # average
print(sum(5 < wait < 16 for wait in front))  # near
print(wait_of(50, front))  # p50
print(wait_of(99, front))  # p99

# The back door had a hundred as well, and a better morning.
back = [2] * 100
print(wait_of(99, front + back))  # both

# A village sends ten slates, each to be read by itself. The chance that all ten are spared the slowest twentieth:
print(round(0.95**10, 1))  # spared

# In a hundred minutes he slept for sixty, from minute 20, and answered at once for the rest. The page boy
# asks every minute, but never before he has his answer; the people come one every minute, whoever sleeps.
page_boy = [0] * 20 + [60] + [0] * 20
people = [80 - minute if 20 <= minute < 80 else 0 for minute in range(100)]
print(wait_of(95, page_boy))  # asked
print(wait_of(95, people))  # suffered
