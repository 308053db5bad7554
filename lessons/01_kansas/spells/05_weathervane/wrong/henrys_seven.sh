# mistake: another-seed
python weathervane.py --seed 7 --hours 12
