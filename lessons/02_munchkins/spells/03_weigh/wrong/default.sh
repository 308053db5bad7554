# mistake: too-heavy
python weigh.py harvest.txt
