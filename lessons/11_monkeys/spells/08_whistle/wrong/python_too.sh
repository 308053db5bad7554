# mistake: python-as-script
torchrun --standalone --nproc-per-node 2 python whistle.py --song up
