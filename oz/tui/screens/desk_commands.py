"""What can be done at the spell desk: keys, words and a line of help for each."""

from __future__ import annotations

from oz.tui import shelf
from oz.tui.commands import Command
from oz.tui.screens import answering, editing

OWN = (
    Command("run", ("run", "cast"), "Run what you have written and have it judged.",
            "f5,ctrl+j", "Run", when="!-running"),
    Command("stop", ("stop",), "End the run that is under way.", "f6", "Stop",
            when="-running"),
    Command("hint", ("hint",), "The next hint. There are layers: a nudge, the idea, the line.",
            "f7", "Hint"),
    Command("pane('briefing')", ("briefing", "goals"), "What is asked.", "f2"),
    Command("pane('code')", ("code",), "The code.", "f3"),
    Command("pane('result')", ("result", "output"), "What came of running it.", "f4"),
    Command("curve", ("curve", "training"),
            "The last training over the whole pane, or small again."),
    Command("look_at('tensors')", ("tensors",), "Tensors that the last run left behind, drawn."),
    Command("look_at('layers')", ("layers",), "Its modules, layer by layer."),
    Command("look_at('graph')", ("graph",), "The autograd graph of its loss, as a tree."),
    Command("look_at('pictures')", ("pictures",), "Images and filters among what it left."),
    Command("goto", ("line", "goto"), "Go to the line an error came from, or to line N.",
            "ctrl+g", takes="N"),
    Command("reset", ("reset",), "Put back what you were given; undo brings yours again.", "f8"),
    *answering.COMMANDS,
    Command("edit", ("edit",), "Open the draft in your own editor.", "ctrl+o"),
    *editing.COMMANDS,
    *shelf.WORDS,
    Command("turn_to_line", ("command",), "To the command line; once more, back to the code.",
            "escape", "Words"),
    Command("leave", ("leave", "back", "story"), "Back to the story. The draft is kept.",
            "f10,ctrl+r", "Leave"),
)  # fmt: skip
