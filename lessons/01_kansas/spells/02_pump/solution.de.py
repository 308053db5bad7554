# Das Programm des Vertreters, geflickt.
import torch

# Frag die Maschine, was sie hat. is_available() kommt zuerst: Ein PyTorch, das für CUDA gebaut ist,
# nennt "cuda" als seinen Beschleuniger, auch wo keine Karte ist.
if torch.accelerator.is_available():
    trough = torch.accelerator.current_accelerator()
else:
    trough = torch.device("cpu")

water = torch.ones(4)
water = water.to(trough)  # .to gibt einen neuen Tensor zurück; der alte bleibt, wo er war

print("der Trog ist auf", trough, "und das Wasser ist auf", water.device)
