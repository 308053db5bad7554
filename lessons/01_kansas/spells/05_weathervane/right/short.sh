python weathervane.py --s 1593 --ho 12   # argparse takes any beginning that only one option has
