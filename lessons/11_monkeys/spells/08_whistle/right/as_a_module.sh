python -m torch.distributed.run --nnodes 1 --nproc-per-node 2 --master-port 29617 ./whistle.py --song up
