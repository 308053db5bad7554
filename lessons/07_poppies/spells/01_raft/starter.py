# Ten on the bank, four to a trip. Plain values only, in place of ...

trips = ...  # len(ferry)
last = ...  # the shape of the bundles on the last trip
across = ...  # how many are on the far bank at the end, with drop_last=True
alone = ...  # the shape of the bundles when one goes at a time
mixed = ...  # True or False: with shuffle=True, everybody crosses once
kind = ...  # the dtype of three Python floats in one batch
named = ...  # "Tensor", "list", or the name of an error: three names in one batch
