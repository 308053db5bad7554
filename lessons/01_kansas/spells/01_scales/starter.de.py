# Zwei Zeilen werden ausgegeben. Jede sagt, ob die zwei Seiten gleich sind: True oder False.

book = None    # print(0.1 + 0.2 == 0.3)
scales = None  # print(torch.tensor(0.1) + torch.tensor(0.2) == torch.tensor(0.3))
