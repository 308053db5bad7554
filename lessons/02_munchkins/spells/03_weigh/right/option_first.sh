python weigh.py --dtype=int16 harvest.txt
