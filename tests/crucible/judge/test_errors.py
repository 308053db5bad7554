"""Error pages: only the player's frames, with carets, and no exception so hostile that it spoils one."""

# ruff: noqa: E501 - the programs stand on one line each

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from oz.crucible.child.errors import clean, error_page, first_line_of
from oz.crucible.model import ErrorPage
from oz.crucible.pages import frame_lines, page_words

PROGRAM = Path("/somewhere/spell.py")


def raised(source: str, program: Path = PROGRAM) -> BaseException:
    """What running `source` raises."""
    import torch

    try:
        exec(compile(source, str(program), "exec"), {"torch": torch, "__name__": "__main__"})
    except BaseException as error:
        return error
    pytest.fail("nothing was raised")


def page_of(source: str, program: Path = PROGRAM) -> ErrorPage:
    return error_page(raised(source, program), program, source)


def test_only_the_players_frames_with_carets() -> None:
    page = page_of(
        "from torch import nn\n"
        "net = nn.Sequential(nn.Linear(2, 3))\n"
        "def forward(x):\n"
        "    return 1 + net(x)\n"
        "forward(torch.ones(4, 5))\n"
    )
    assert [(f.line, f.function, f.code) for f in page.frames] == [
        (5, "", "forward(torch.ones(4, 5))"),
        (4, "forward", "return 1 + net(x)"),
    ]
    assert frame_lines(page.frames[-1]) == ("return 1 + net(x)", "           ^^^^^^")
    assert page.line == 4


def test_carets_count_characters_not_bytes() -> None:
    page = page_of("é = 'é'; é + 1\n")
    assert frame_lines(page.frames[0]) == ("é = 'é'; é + 1", "         ^^^^^")


def test_the_text_that_ran_is_shown_whatever_is_on_disk(tmp_path: Path) -> None:
    program = tmp_path / "spell.py"
    program.write_text("something = 'else'\n")
    assert page_of("x = 1 / 0\n", program).frames[0].code == "x = 1 / 0"


def test_the_shapes_that_met() -> None:
    page = page_of(
        "class M(torch.nn.Module):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.fc = torch.nn.Linear(64, 10)\n"
        "        self.scale = torch.ones(3)\n"
        "    def forward(self, x):\n"
        "        unused = torch.ones(9)\n"
        "        return self.fc(\n"
        "            x\n"
        "        ) * self.scale\n"
        "M()(torch.ones(32, 63))\n"
    )
    assert page.shapes[:2] == ("self.fc.weight (10, 64)", "x (32, 63) float32")
    assert not any("unused" in s for s in page.shapes)
    assert page_of("x = torch.ones(2)\nint('x')").shapes == ()


def test_a_syntax_error_has_its_line_its_caret_and_words() -> None:
    page = page_of("x = 1\nfor i in range(3)\n    pass\n")
    assert (page.type, page.message, page.line) == ("SyntaxError", "expected ':'", 2)
    assert frame_lines(page.frames[0]) == ("for i in range(3)", " " * 17 + "^")
    assert "colon" in page.explanation
    page = page_of("def f():\n\tx = 1\n        y = 2\n")
    assert page.type == "TabError"
    assert page.line == 3
    assert page_of("x = (1\n").message == "'(' was never closed"
    assert page_of("x = '\\N{nothing}'\n").line == 1
    assert page_of("\x00x = 1").type in ("SyntaxError", "ValueError")


def test_an_error_raised_from_another_is_found_through_it() -> None:
    page = page_of(
        "try:\n    {}['egg']\nexcept KeyError as e:\n    raise ValueError('no egg') from e\n"
    )
    assert (page.type, page.message, page.line) == ("ValueError", "no egg", 4)
    inner = raised("def f():\n    1 / 0\nf()\n")
    with pytest.raises(RuntimeError) as caught:
        raise RuntimeError("wrapped by a library") from inner
    assert first_line_of(caught.value, PROGRAM) == 2
    assert error_page(caught.value, PROGRAM, "def f():\n    1 / 0\nf()\n").line == 2


def test_a_loader_workers_own_traceback_is_unwrapped(tmp_path: Path) -> None:
    program = tmp_path / "spell.py"
    source = (
        "from torch.utils.data import DataLoader\n"
        "class D:\n"
        "    def __len__(self): return 2\n"
        "    def __getitem__(self, i):\n"
        "        return {}['egg']\n"
        "list(DataLoader(D(), num_workers=1))\n"
    )
    page = page_of(source, program)
    assert page.type == "KeyError"
    assert page.message.splitlines() == [
        "Caught KeyError in DataLoader worker process 0.",
        "KeyError: 'egg'",
    ]
    assert [f.line for f in page.frames] == [6, 5], "the loop, and the place in the dataset"
    assert page.frames[-1].code == "return {}['egg']"
    assert "spell.py" in page.inner
    assert "fetch.py" not in page.inner


def test_a_ranks_own_traceback_is_unwrapped() -> None:
    class ProcessRaisedException(Exception):
        pass

    text = (
        "\n\n-- Process 1 terminated with the following error:\nTraceback (most recent call last):\n"
        '  File "/lib/torch/multiprocessing/spawn.py", line 96, in _wrap\n    fn(i, *args)\n'
        f'  File "{PROGRAM}", line 2, in rank\n    1 / 0\n    ~~^~~\nZeroDivisionError: division by zero\n'
    )
    page = error_page(ProcessRaisedException(text), PROGRAM, "def rank(i):\n    1 / 0\n")
    assert page.line == 2
    assert page.message.endswith("ZeroDivisionError: division by zero")
    assert "divided by zero" in page.explanation
    assert "spawn.py" not in page.inner


def test_deep_recursion_keeps_both_ends() -> None:
    page = page_of("def f(n):\n    return f(n + 1)\nf(0)\n")
    assert page.type == "RecursionError"
    assert len(page.frames) == 12
    assert page.frames[0].line == 3
    assert page.line == 2


def test_messages_are_for_the_player() -> None:
    assert clean("\x1b[31mred\x1b[0m text\a") == "red text"
    tail = "\nException raised from check at ../aten/src/x.cpp:12 (most recent call first):\nframe #0: y"
    assert clean("CUDA error: device-side assert" + tail) == "CUDA error: device-side assert"
    assert clean("[enforce fail at alloc_cpu.cpp:121] data. no memory") == "data. no memory"
    gloo = "RuntimeError: [/__w/third_party/gloo/unbound_buffer.cc:78] Timed out waiting 2500ms"
    assert clean(gloo) == "RuntimeError: Timed out waiting 2500ms"
    assert len(clean("x" * 10**6)) == 2000
    assert clean("a\r\nb") == "a\nb"


HOSTILE = {
    "str raises": "class E(Exception):\n    def __str__(self): raise SystemExit(3)\nraise E",
    "str is no text": "class E(Exception):\n    def __str__(self): return 7\nraise E",
    "repr raises": "class X:\n    def __repr__(self): 1/0\nraise KeyError(X())",
    "cause lies": (
        "class E(Exception):\n    @property\n    def __cause__(self): raise OSError\n"
        "    @property\n    def __traceback__(self): return 3\nraise E('x')"
    ),
    "eq raises": "class E(Exception):\n    def __eq__(self, o): raise OSError\nraise E('x') from E('y')",
    "name lies": "class M(type):\n    __name__ = property(lambda c: 1/0)\nclass E(Exception, metaclass=M): pass\nraise E('x')",
    "huge": "raise ValueError('x' * 10_000_000)",
    "binary": "raise ValueError('\\x00\\x1b[2J\\udcff' * 99)",
    "own syntax error": "raise SyntaxError('mine')",
    "odd syntax error": "raise SyntaxError('mine', (__file__, 'x', 'y', 3)) if 0 else SyntaxError(3, 4)",
    "bound to itself": "e = ValueError('x')\ne.__cause__ = e\nraise e",
    "a property in the way": (
        "class X:\n    @property\n    def shape(self): 1/0\n    def __getattr__(self, n): raise SystemExit\n"
        "x = X()\nraise RuntimeError(f'size {x.shape if 0 else 1}')"
    ),
    "tensor subclass": (
        "class T(torch.Tensor):\n    @classmethod\n    def __torch_function__(cls, *a, **k): raise OSError\n"
        "t = torch.ones(2).as_subclass(T)\nt; raise RuntimeError('shape')"
    ),
    "group": "raise ExceptionGroup('several', [ValueError('a'), KeyError('b')])",
    "exit": "raise SystemExit('bye')",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_exception_still_gives_a_page(case: str) -> None:
    page = page_of(HOSTILE[case])
    assert page.type
    assert len(page.message) <= 2000
    assert "\x1b" not in page.message
    assert page.line == HOSTILE[case].count("\n") + 1
    assert page_words(page)


def test_an_error_that_never_was_in_the_program_has_no_line() -> None:
    def elsewhere() -> Any:
        return 1 / 0

    with pytest.raises(ZeroDivisionError) as caught:
        elsewhere()
    assert first_line_of(caught.value, PROGRAM) is None
    assert error_page(caught.value, PROGRAM, "").frames == ()


def test_a_page_in_words() -> None:
    source = "x = torch.ones(2, 4)\ny = torch.ones(2, 3)\nprint(x + y)\n"
    assert page_words(page_of(source), "your code raised").splitlines() == [
        "your code raised `RuntimeError`: The size of tensor a (4) must match the size of tensor b (3) at non-singleton dimension 1",
        "line 3:",
        "",
        "    print(x + y)",
        "          ^^^^^",
        "",
        "the shapes that met: `x (2, 4) float32`, `y (2, 3) float32`",
        "",
        "Shapes are lined up from the right. On axis 1 one has 4 and the other 3, and neither is 1, so neither can be stretched. Print both shapes; often one wants `unsqueeze` or a transpose.",
    ]


def test_carets_stand_under_code_that_has_tabs() -> None:
    page = page_of("if True:\n\tx =\t1 +\n")
    code, carets = frame_lines(page.frames[0])
    assert (code, carets) == ("x = 1 +", "       ^")
    assert page_words(page).splitlines()[1:6] == ["line 2:", "", "    x = 1 +", "           ^", ""]
