# mistake: scales-as-fine-as-the-book
book = False
scales = False
