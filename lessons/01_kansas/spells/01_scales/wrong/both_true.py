# mistake: book-is-exact
book = True
scales = True
