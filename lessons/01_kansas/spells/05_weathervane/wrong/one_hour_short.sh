# mistake: not-the-whole-day
python weathervane.py --seed 1593 --hours 11
