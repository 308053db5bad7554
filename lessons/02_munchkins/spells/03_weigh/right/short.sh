# "short" is torch's other name for int16
python weigh.py harvest.txt --dtype short
