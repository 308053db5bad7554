# mistake: went-round
python weigh.py harvest.txt --dtype uint8
