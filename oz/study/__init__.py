"""Study: earlier ideas asked again when they are about to be forgotten.

`cards` is what is asked, `truth` how it is found out what is right, `schedule` when a card comes
back, `deck` which cards are the player's and which of them are due. Pure but for reading what a run
said: no clock of its own (whoever asks says what time it is), no file, no screen, no torch.
"""
