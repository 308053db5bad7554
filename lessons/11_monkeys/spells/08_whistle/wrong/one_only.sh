# mistake: not-two
torchrun --standalone whistle.py --song up
