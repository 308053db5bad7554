import torch

filled = [4, 13]  # 260 - 256: Ein Byte läuft im Kreis
halves = [3.5, -3.5]  # echte Division gibt Gleitkommazahlen
whole = [3, -4]  # abwärts, nicht zur Null hin
cut = [2, -2]  # zur Null hin, nicht abwärts
mixed = torch.int64  # die größere der beiden Arten
half_more = torch.float32  # Gleitkomma, in der voreingestellten Breite
