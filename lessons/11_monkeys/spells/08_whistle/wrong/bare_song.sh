# mistake: script-refuses
torchrun --standalone --nproc-per-node 2 whistle.py up
