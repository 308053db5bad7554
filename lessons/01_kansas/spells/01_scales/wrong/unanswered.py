# mistake: not-yet
book = False
scales = None
