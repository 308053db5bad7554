python weathervane.py --help
python weathervane.py --seed 1593 --hours 12 | tee today.txt
