torchrun --standalone --nproc_per_node=2 whistle.py --song=up
