# mistake: no-such-option
python weathervane.py --number 1593 --hours 12
