# mistake: script-refuses
torchrun whistle.py --song up --standalone --nproc-per-node 2
