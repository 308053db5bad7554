SEED=1593
python weathervane.py --seed "$SEED" --hours 12
