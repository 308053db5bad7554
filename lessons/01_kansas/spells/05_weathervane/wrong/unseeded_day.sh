# mistake: no-seed
python weathervane.py --hours 12
