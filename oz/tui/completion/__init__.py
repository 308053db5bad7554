"""What the code at the cursor could become: a process that knows Python and torch, and its caller.

`process` is run by itself and never imports the screens; `client` asks it.
"""
