# mistake: no-jar
python weigh.py harvest.txt --dtype int16 --out harvest.npy
