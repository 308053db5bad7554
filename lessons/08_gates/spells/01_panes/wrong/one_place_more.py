# mistake: one-place-more
bare = (1, 16, 6, 6)  # three panes wide: on each side one place is lost
edged = (1, 16, 8, 8)  # a border of one makes up for it
strides = (1, 16, 4, 4)  # (8 + 2 - 3) // 2 + 1
pooled = (1, 16, 3, 4)  # what does not fill a pane is left out
glass = (16, 3, 5, 5)  # out, in, rows, columns
count = 1216  # 16 * 3 * 5 * 5 and 16 more
slid = [1, 2, 4]
single = "RuntimeError"  # a sheet without an axis of channels
