def ripe(plums, least):
    too_few = plums < least
    return plums[~too_few]


def share(plums):
    bearing = plums[plums > 0]
    return len(bearing) / plums.numel() if plums.numel() > 0 else 0.0


def picked(plums, least):
    return plums.masked_fill(plums >= least, 0)


def every_other(plums):
    columns = plums.shape[1]
    return plums[:, 0:columns:2]
