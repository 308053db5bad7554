# mistake: no-such-kind
python weigh.py harvest.txt --dtype int24
