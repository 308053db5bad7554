bare = [1, 16, 6, 6]
edged = [1, 16, 8, 8]
strides = [1, 16, 4, 4]
pooled = [1, 16, 3, 4]
glass = [16, 3, 5, 5]
count = 1216.0
slid = (-3.0, -6.0)
single = "RuntimeError"
