# mistake: no-jar
python weigh.py --help
