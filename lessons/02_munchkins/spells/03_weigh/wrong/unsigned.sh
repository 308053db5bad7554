# mistake: lost-the-debt
python weigh.py harvest.txt --dtype uint16
