# mistake: not-whistled
python whistle.py --help
