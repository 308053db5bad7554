# mistake: only-a-report
parts = 9  # 2 and 2 for the linear layers, 5 for the batch norm with its buffers, none for the dropout
in_glass = 5.0  # a state_dict holds the parameters themselves
in_portrait = 1.0  # a deep copy has numbers of its own
in_file = 1.0  # and so has a file
in_glass_again = 1.0  # load_state_dict writes into the parameters, and the glass still shows those
alike = True  # the numbers were written into the other
answer = True  # a report of what was missing and what was left over
training = True  # eval() is no number: it is in no state_dict
