# mistake: another-error
told = 50.0
left = [0.6, 0.8]
small=(0.3,0.4)
by_value = [1, 0.4]
apart = [1, 1]
afterwards=-50
too_late=[True,False]
aloud = "ValueError"
