# mistake: doubled
first = (2, 6)
