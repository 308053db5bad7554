# mistake: another-song
torchrun --standalone --nproc-per-node 2 whistle.py
