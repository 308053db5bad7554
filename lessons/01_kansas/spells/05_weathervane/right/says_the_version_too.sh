python -c "import torch; print(torch.__version__)" && python weathervane.py --seed 1593 --hours 12
