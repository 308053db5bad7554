# mistake: the-other-way-about
book = True
scales = False
