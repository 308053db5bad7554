print("An empty jar.")
