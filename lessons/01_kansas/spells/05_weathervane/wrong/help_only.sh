# mistake: only-help
python weathervane.py --help
