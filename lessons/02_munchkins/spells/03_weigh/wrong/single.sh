# mistake: too-heavy
python weigh.py harvest.txt --dtype float32
