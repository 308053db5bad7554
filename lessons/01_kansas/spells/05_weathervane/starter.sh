# What Uncle Henry always typed. Lines like this one, with a # in front, are not run.
python weathervane.py
