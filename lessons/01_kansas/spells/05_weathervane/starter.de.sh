# Was Onkel Henry immer getippt hat. Zeilen wie diese, mit einem # davor, werden nicht ausgeführt.
python weathervane.py
