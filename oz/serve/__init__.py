"""The screens in a browser: ``oz serve`` on this machine's own loopback, through textual-serve.

    door      who may come in: name of the host, origin, secret. Pure
    server    the pages, the sockets, how many at once, and the end of all of it
    visit     one visitor's game: a process, and the socket it is played through
    game      what that process runs
    driver    how Textual talks to the visitor's socket in there

A game that runs code must not be typed into by any page that happens to be open, so every request
passes the door. Nothing is imported here: ``oz --help`` needs no web server.
"""

LIMIT = 4
"""Games at once, unless said otherwise: each has a PyTorch of its own in memory."""
