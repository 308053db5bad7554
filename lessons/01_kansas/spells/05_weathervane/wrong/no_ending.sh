# mistake: no-such-file
python weathervane --seed 1593 --hours 12
