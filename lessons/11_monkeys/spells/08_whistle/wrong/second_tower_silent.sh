# mistake: waits-for-hosts
timeout 4 torchrun --nnodes 2 --node-rank 0 --nproc-per-node 1 --master-addr 127.0.0.1 --master-port 29619 whistle.py --song up
