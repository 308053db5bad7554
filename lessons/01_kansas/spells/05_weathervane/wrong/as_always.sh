# mistake: no-seed
python weathervane.py
