# Je zwei Byte; das Vorzeichen bleibt, und 2049 ist noch immer eine ganze Zahl.
python weigh.py harvest.txt --dtype int16
