cat harvest.txt && python3 ./weigh.py harvest.txt --dtype torch.int16 --out jar.npy
