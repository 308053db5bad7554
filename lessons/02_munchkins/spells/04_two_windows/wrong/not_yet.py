# mistake: not-yet
hat = [0, 1, 90, 3, 4, 5]
bucket = [0, 0]
deep = None
table = None
page = None
