"""What anomaly mode says: the player's forward line, and none of the frames of the game."""

from __future__ import annotations

from oz.crucible.child.warned import own_frames

PROGRAM = "/journey/spells/leader.py"
TEXT = f"""Error detected in SqrtBackward0. Traceback of forward call that caused the error:
  File "/oz/crucible/child/worker.py", line 42, in perform
    code = performance()
  File "{PROGRAM}", line 29, in <module>
    gait(x).sum().backward()
  File "{PROGRAM}", line 17, in gait
    stride = torch.sqrt(far)
             ^^^^^^^^^^^^^^^
  File "/site-packages/torch/nn/functional.py", line 7, in helper
    return input
 (Triggered internally at /pytorch/python_anomaly_mode.cpp:130.)"""


def test_only_the_programs_frames_are_left() -> None:
    text, line = own_frames(TEXT, PROGRAM)
    assert text.splitlines() == [
        "Error detected in SqrtBackward0. Traceback of forward call that caused the error:",
        '  File "leader.py", line 29, in <module>',
        "    gait(x).sum().backward()",
        '  File "leader.py", line 17, in gait',
        "    stride = torch.sqrt(far)",
        "             ^^^^^^^^^^^^^^^",
    ]
    assert line == 17


def test_what_was_not_the_programs_own_call_is_left_out() -> None:
    assert own_frames(TEXT, "/elsewhere.py") == ("", None)
