torchrun --standalone --nproc-per-node 2 whistle.py --song up
