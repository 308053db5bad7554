# mistake: no-such-option
python weathervane.py 1593 12
