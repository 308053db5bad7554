# Ein Shell-Kommando, wie du es in ein Terminal tippen würdest. Im Ordner liegen harvest.txt und weigh.py.
python weigh.py harvest.txt --dtype uint8
