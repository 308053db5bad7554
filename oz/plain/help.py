"""What the plain front end says of itself: how code is written in it. Words only."""

from __future__ import annotations

from oz.spells.model import Kind
from oz.tongue import _

DESK = _("""\
Spells line by line. `cast` and a name opens a desk: what is asked, and your draft. While a desk \
is open its name stands in the prompt. A draft is a file, so there are two ways to write it.

- In your own editor: open the file, save it, then type `run` here. `edit` opens it for you, where \
there is a terminal and `VISUAL` or `EDITOR` says which editor.
- Right here: `write`, then the whole program line by line, then a line that is just `.`
- `append` adds lines at the end in the same way.
- `line 3 TEXT` replaces line 3, `insert 3 TEXT` puts a line before it, `delete 3` or `delete 3-5` \
takes lines away. One blank parts the number from the text; further blanks are the line's own.
- `show` reads the draft with its line numbers, `show 3-5` a part of it.
- `answer` asks the questions of a spell that has some, one by one; an empty line skips one. Where \
a command is wanted, `answer python weigh.py` and so on puts it down.

`run` casts, and Ctrl-C stops what runs. Then each check is told: `ok` or `not yet`. `hint` gives \
the next hint, `briefing` says again what is asked, `reset` brings the starter back, `attempts` \
lists what you tried, `solution` shows a model answer after a pass or after the last hint. Of what \
the last run left behind, `tensors` lists the names, `layers` a module layer by layer, `graph` how \
the loss was made; `describe` and its name tells more of a picture.

`leave` closes the desk, and so does anything that Dorothy does. The draft stays as it is.\
""")

_CODE = _(
    "Change the file in your own editor, or here: `write`, `append`, `line 3 "
    "TEXT`, `insert 3 TEXT`, `delete 3`, `show`. Then `run`. (`hint` helps, `help "
    "desk` tells the rest, `leave` goes back to the story.)"
)
_PREDICT = _(
    "`run` runs the real thing and compares. `answer` asks again. (`hint` helps, "
    "`help desk` tells the rest, `leave` goes back to the story.)"
)
_COMMAND = _(
    "`run` runs it. `answer` and a command line puts down another. (`hint` helps, "
    "`help desk` tells the rest, `leave` goes back to the story.)"
)


def what_now(kind: Kind) -> str:
    """What can be typed at a desk, in a few lines."""
    return {Kind.PREDICT: _PREDICT, Kind.COMMAND: _COMMAND}.get(kind, _CODE)


def in_short(kind: Kind) -> str:
    """The same for somebody who has read it before."""
    if kind in (Kind.PREDICT, Kind.COMMAND):
        return _("(`run` runs it, `answer` asks again; `help desk` tells the rest.)")
    return _("(`run` casts it as it is; `help desk` tells how to change it.)")
