foreleg = [32, 64]
parts = 4
numbers = 2_410
says = [5, 10]
ignorance = 2.3026
cleared = True
fern = 2
untied = 1
