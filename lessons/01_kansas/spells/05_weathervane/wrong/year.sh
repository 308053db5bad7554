# mistake: another-seed
python weathervane.py --seed 1953 --hours 12
