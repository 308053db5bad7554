# mistake: no-script
torchrun --standalone --nproc-per-node 2
