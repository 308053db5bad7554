# A shell command, as you would type it in a terminal. The folder holds harvest.txt and weigh.py.
python weigh.py harvest.txt --dtype uint8
