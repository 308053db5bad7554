python weathervane.py --seed 1593 --hours 12
