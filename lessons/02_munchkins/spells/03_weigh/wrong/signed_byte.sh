# mistake: went-round
python weigh.py harvest.txt --dtype int8
