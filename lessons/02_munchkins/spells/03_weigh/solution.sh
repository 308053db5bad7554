# Two bytes each; the sign is kept, and 2049 is still a whole number.
python weigh.py harvest.txt --dtype int16
