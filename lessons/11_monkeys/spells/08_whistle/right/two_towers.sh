# one torchrun for each tower, as on two machines; both are this one
torchrun --nnodes 2 --node-rank 0 --nproc-per-node 1 --master-addr 127.0.0.1 --master-port 29618 whistle.py --song up &
torchrun --nnodes 2 --node-rank 1 --nproc-per-node 1 --master-addr 127.0.0.1 --master-port 29618 whistle.py --song up
wait
