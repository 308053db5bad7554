# Python hält 0.1 in 64 Bit. Binär haben 0.1, 0.2 und 0.3 alle endlos viele Ziffern, jede wird gerundet,
# und in 64 Bit gehen die Rundungen nicht ganz auf: 0.1 + 0.2 ist 0.30000000000000004.
book = False

# Ein Tensor aus Pythons Dezimalzahlen hält sie in 32 Bit, etwa sieben Stellen. Dort fällt die Summe der
# beiden Rundungen auf dieselbe Zahl wie 0.3: Die Schale kann nicht sehen, was das Heft sieht.
scales = True
