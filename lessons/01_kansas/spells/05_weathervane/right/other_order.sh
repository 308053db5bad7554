python3 ./weathervane.py --hours=12 --seed=1593
