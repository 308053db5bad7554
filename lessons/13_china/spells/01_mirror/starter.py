# What does the glass show? Plain values only, in place of ...

parts = ...  # how many names stand in her state_dict
in_glass = ...  # the bias that the glass shows on Friday
in_portrait = ...  # the bias that the portrait shows on Friday
in_file = ...  # the bias that lies in the file on Friday
in_glass_again = ...  # what the glass shows when the portrait has been loaded into her
alike = ...  # True or False: the other has her weights
answer = ...  # True or False: what load_state_dict gives back is a module
training = ...  # other.training, True or False
