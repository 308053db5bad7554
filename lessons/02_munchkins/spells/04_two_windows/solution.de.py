hat = [0, 1, 90, 3, 4, 5]  # ein Slice ist ein Fenster: Seine Nummer 0 ist Nummer 2 des Flusses
bucket = [0, 0]  # clone und eine Liste von Indizes kopieren beide
deep = [70, 1, 90, 3, 4, 5]  # eine Maske sammelt eine Kopie
table = [[90, 3, 4], 55]  # Fenster und View sehen auf denselben Speicher
page = [8.0, 0.0]  # from_numpy teilt, torch.tensor kopiert
