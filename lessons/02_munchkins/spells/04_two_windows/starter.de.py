# Fenster oder Eimer? Nur schlichte Werte, anstelle von None: Die Wand ist noch ganz.

hat = None  # river.tolist(), nach window[0] = 90
bucket = None  # [bucket[0].item(), picked[0].item()], nach river[0] = 70
deep = None  # river.tolist(), nach deep[0] = 1
table = None  # [window.tolist(), river[5].item()], nach table[1, 2] = 55
page = None  # [shared[1].item(), copied[1].item()], nach page[1] = 8.0
