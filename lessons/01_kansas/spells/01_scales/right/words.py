# as it is printed, in quotes
book = "False"
scales = "tensor(True)"
