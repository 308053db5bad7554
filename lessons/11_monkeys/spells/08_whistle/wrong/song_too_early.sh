# mistake: song-to-torchrun
torchrun --standalone --nproc-per-node 2 --song up whistle.py
