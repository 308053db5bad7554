"""What can be done at the spell desk: keys, words and a line of help for each."""

from __future__ import annotations

from oz.tongue import _
from oz.tui import shelf
from oz.tui.commands import Command, says
from oz.tui.screens import answering, editing
from oz.tui.screens.base import READING

OWN = (
    READING[0],
    Command("run", says("run", "cast"), _("Run what you have written and have it judged."),
            "f5,ctrl+j", _("Run"), when="!-running"),
    Command("stop", says("stop"), _("End the run that is under way."), "f6", _("Stop"),
            when="-running"),
    Command("hint", says("hint"), _(
        "The next hint. There are layers: a nudge, the idea, "
        "the line."
    ),
            "f7", _("Hint")),
    Command("pane('briefing')", says("briefing", "goals"), _("What is asked."), "f2"),
    Command("pane('code')", says("code"), _("The code."), "f3"),
    Command("pane('result')", says("result", "output"), _("What came of running it."), "f4"),
    READING[1],
    Command("curve", says("curve", "training"),
            _("The last training over the whole pane, or small again.")),
    Command("look_at('tensors')", says("tensors"), _(
        "Tensors that the last run left behind, "
        "drawn."
    )),
    Command("look_at('layers')", says("layers"), _("Its modules, layer by layer.")),
    Command("look_at('graph')", says("graph"), _("The autograd graph of its loss, as a tree.")),
    Command("look_at('pictures')", says("pictures"), _("Images and filters among what it left.")),
    Command("goto", says("line", "goto"), _("Go to the line an error came from, or to line N."),
            "ctrl+g", takes="N"),
    Command("reset", says("reset"), _(
        "Put back what you were given; undo brings yours "
        "again."
    ), "f8"),
    *answering.COMMANDS,
    Command("edit", says("edit"), _("Open the draft in your own editor."), "ctrl+o"),
    *editing.COMMANDS,
    *shelf.WORDS,
    Command("turn_to_line", says("command"), _(
        "To the command line; once more, back to the "
        "code."
    ),
            "escape", _("Words"), turned=_("Code")),
    Command("leave", says("leave", "back", "story"), _("Back to the story. The draft is kept."),
            "f10,ctrl+r", _("Leave")),
)  # fmt: skip
NO_ANSWERS = frozenset(
    {"run", "stop", "hint", "pane('briefing')", "look_at('tensors')", "reset", "solution",
     "attempts", "edit", "leave", "app.help", "app.quit", "app.journal", "app.spellbook",
     "app.statistics"}
)  # fmt: skip
"""Commands whose words are no answers, where they are entered for one."""
