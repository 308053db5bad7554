# mistake: lost-the-odd-one
python weigh.py harvest.txt --dtype bfloat16
