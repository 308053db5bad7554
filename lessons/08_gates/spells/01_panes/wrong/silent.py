# mistake: not-yet
# What comes out on the other side? Plain values only, in place of ...: the slot is open.

bare = ...  # the shape behind Conv2d(1, 16, 3)
edged = ...  # the same, with padding=1
strides = ...  # padding=1 and stride=2
pooled = ...  # the shape behind MaxPool2d(2), for (1, 16, 7, 9)
glass = ...  # the shape of the weight of Conv2d(3, 16, 5)
count = ...  # how many numbers it has in all, the bias included
slid = ...  # the list behind [1, 0, -1], for the row 1, 2, 4, 8
single = ...  # a shape, or the name of an error: a slip of shape (8, 8)
