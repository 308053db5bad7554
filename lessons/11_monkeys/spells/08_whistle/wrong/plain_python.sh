# mistake: no-torchrun
python whistle.py --song up
