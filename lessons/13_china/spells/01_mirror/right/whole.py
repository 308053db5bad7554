training = True
answer = False
alike = True
in_glass_again = 1
in_file = 1
in_portrait = 1
in_glass = 5
parts = 9.0
