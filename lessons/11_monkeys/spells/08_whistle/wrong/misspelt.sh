# mistake: no-such-file
torchrun --standalone --nproc-per-node 2 whistel.py --song up
