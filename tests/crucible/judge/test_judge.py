"""A trial is run over what the program left: announced, reported, and passed only as a whole."""

from __future__ import annotations

from oz.crucible.child.judge import BROKEN_TRIAL
from oz.crucible.model import Announced, Check

from .conftest import Cast

STONES = '''
    import torch
    from oz.trial import same, require, mistake

    def test_row(spell):
        """`stones` is the row 0 to 6"""
        same(
            spell.stones, torch.arange(7), "stones",
            mistakes={"off-by-one": lambda t: t.shape == (6,)},
        )

    def test_any_length(spell, rng):
        """`lay(n)` works for any length

        0 and 1 too.
        """
        for n in (0, 1, *rng.integers(2, 50, size=5)):
            same(spell.lay(int(n)), torch.arange(int(n)), f"lay({n})")

    def test_said_so(printed):
        require("seven" in printed.text, "`seven` printed")
'''
RIGHT = """
    import torch
    stones = torch.arange(7)

    def lay(n):
        return torch.arange(n)
"""


def test_a_right_program_passes(cast: Cast) -> None:
    out = cast(RIGHT, STONES, printed="seven\n")
    names = ("`stones` is the row 0 to 6", "`lay(n)` works for any length", "said so")
    assert out.passed is True
    assert out.events[0] == Announced(names)
    assert tuple(c.name for c in out.checks) == names
    assert all(c.passed and not c.message and c.seconds >= 0 for c in out.checks)


def test_every_check_is_made_and_the_known_mistake_named(cast: Cast) -> None:
    out = cast(RIGHT.replace("arange(7)", "arange(1, 7)"), STONES, printed="seven")
    assert out.passed is False
    assert [c.passed for c in out.checks] == [False, True, True]
    assert out.failing.message == "**shape** of `stones` asked `(7,)`, yours `(6,)`"
    assert out.failing.mistake == "off-by-one"
    assert (out.failing.line, out.failing.defines) == (3, "stones")


def test_an_error_in_the_players_code_names_their_line(cast: Cast) -> None:
    out = cast(
        RIGHT.replace("return torch.arange(n)", "return torch.ones(3) + torch.ones(n)"), STONES
    )
    check = out.checks[1]
    assert not check.passed
    assert check.line == 6
    assert check.error is not None
    assert check.error.type == "RuntimeError"
    assert "your code raised `RuntimeError`: The size of tensor a (3)" in check.message
    assert "line 6:\n\n    return torch.ones(3) + torch.ones(n)\n           ^^^^^" in check.message
    assert check.defines == ""
    assert "Shapes are lined up from the right" in check.message


def test_a_missing_name_is_said_with_what_is_near(cast: Cast) -> None:
    out = cast("stone = 3\nLay = 4", STONES)
    assert [c.message for c in out.checks[:2]] == [
        "asked for `stones`, your program does not define it: it defines `stone`",
        "asked for `lay`, your program does not define it: it defines `Lay`",
    ]


def test_a_value_that_the_check_cannot_use_is_the_players(cast: Cast) -> None:
    trial = '''
        def test_it(spell):
            """`lay` makes rows"""
            assert spell.lay(3).shape == (3,)
    '''
    message = cast("def lay(n): return [n]", trial).failing.message
    assert "`AttributeError: 'list' object has no attribute 'shape'`" in message
    message = cast("def lay(): return 3", trial).failing.message
    assert "takes 0 positional arguments but 1 was given" in message


def test_an_ordinary_assert_says_what_it_asserts(cast: Cast) -> None:
    trial = """
        def test_words(spell):
            assert spell.x == 3, "three, no more"

        def test_bare(spell):
            assert spell.x == 3
    """
    out = cast("x = 4", trial)
    assert [c.message for c in out.checks] == ["three, no more", "asked `spell.x == 3`"]


def test_checks_with_one_name_are_told_apart(cast: Cast) -> None:
    trial = '''
        import pytest

        @pytest.mark.parametrize("n", [1, 2])
        def test_n(n):
            """it works"""

        def test_a():
            """again"""

        def test_b():
            """again"""

        class TestMore:
            def test_c(self):
                pass
    '''
    assert cast("", trial).announced == ("it works (1)", "it works (2)", "again", "again (2)", "c")


def test_each_check_has_the_same_seed_and_inputs_of_its_own(cast: Cast) -> None:
    trial = """
        import random, torch
        seen = []

        def test_a(rng):
            seen.append((torch.rand(1).item(), random.random(), rng.random()))

        def test_b(rng):
            seen.append((torch.rand(1).item(), random.random(), rng.random()))

        def test_compare():
            (a, b, c), (d, e, f) = seen
            assert a == d and b == e and c != f
    """
    assert cast("import torch; torch.rand(5)", trial).passed


def test_what_is_known_of_the_run(cast: Cast) -> None:
    trial = """
        from pathlib import Path

        def test_all(training, took, scratch, printed, spell):
            assert training.losses == [2.0, 1.0] and training.steps == 2
            assert took == 0.5
            assert (scratch / "egg.txt").read_text() == "egg" and Path.cwd() == scratch
            assert printed.lines == ["a", "b"]
            assert spell.source.startswith("open") and "x" in spell and not hasattr(spell, "y")
    """
    program = 'open("egg.txt", "w").write("egg")\nx = 1'
    out = cast(program, trial, printed="a\nb\n", losses=[2.0, 1.0], steps=2)
    assert out.passed, out.checks


def test_a_prediction_is_compared_with_the_real_run(cast: Cast) -> None:
    trial = '''
        from oz.trial import predicted

        def test_first(spell, program):
            """`first`: what is printed first"""
            predicted(spell.first, program.lines[0], "first")

        def test_second(spell, program):
            predicted(spell.second, program.values["kind"], "second")

        def test_third(spell, program):
            predicted(spell.third, program.error, "third")
    '''
    code = "import torch\nx = torch.ones(3, 4)\nprint(x.shape)\nkind = x.dtype\nx.view(5)\n"
    files = {"program.py": code}
    right = "import torch\nfirst = (3, 4)\nsecond = torch.float32\nthird = 'RuntimeError'"
    out = cast(right, trial, kind="predict", files=files)
    assert out.passed, out.checks
    assert out.announced[0] == "every answer is a plain value"
    assert out.printed == "torch.Size([3, 4])\n"  # what was foretold is shown as it came out

    out = cast(right.replace("(3, 4)", "(4, 3)"), trial, kind="predict", files=files)
    assert out.failing.message == "**first**: you said `(4, 3)`, the program says otherwise"
    assert out.failing.line == 2
    assert out.printed == ""  # and gives nothing away before

    computed = right.replace("(3, 4)", "torch.ones(3, 4).shape")
    out = cast(computed, trial, kind="predict", files=files)
    assert out.passed is False
    assert [c.passed for c in out.checks] == [False, True, True, True]
    assert "yours `first = torch.ones(3, 4).shape`" in out.failing.message

    bare = right.replace("(3, 4)", "'(3 4)'")
    out = cast(bare, trial, kind="predict", files=files)
    assert [c.passed for c in out.checks] == [False, False, True, True]
    assert out.failing.message == "**first**: that is not Python: a list has commas"


def test_a_command_is_really_run(cast: Cast) -> None:
    trial = '''
        def test_it(command, scratch):
            """it says hello"""
            assert command.returncode == 3
            assert command.lines[-1].startswith("3.")
            assert command.stderr.strip() == "oh"
            assert (scratch / "egg").exists()
            assert command.line.startswith("touch egg")
    '''
    line = "# what it does\ntouch egg && echo oh >&2\npython --version\nexit 3\n"
    out = cast(line, trial.replace('"3."', '"Python 3."'), kind="command")
    assert out.passed, out.checks
    assert "Python 3." in out.printed
    assert "oh" in out.printed


class TestOurFault:
    """A trial that cannot be run is never a pass, and never the player's fault."""

    def broken(self, cast: Cast, trial: str) -> Check:
        out = cast(RIGHT, trial)
        assert out.passed is False
        assert set(out.announced) >= {c.name for c in out.checks}
        check = next(c for c in out.checks if c.broken)
        assert not check.passed
        assert check.message
        return check

    def test_no_checks(self, cast: Cast) -> None:
        assert self.broken(cast, "x = 1").name == BROKEN_TRIAL

    def test_an_error_at_import(self, cast: Cast) -> None:
        assert "ZeroDivisionError" in self.broken(cast, "1 / 0").message

    def test_a_syntax_error(self, cast: Cast) -> None:
        assert "SyntaxError" in self.broken(cast, "def test(:\n").message

    def test_an_unknown_fixture(self, cast: Cast) -> None:
        assert "fixture is called `wand`" in self.broken(cast, "def test_a(wand): pass").message

    def test_a_misspelt_name_in_the_trial(self, cast: Cast) -> None:
        assert "NameError" in self.broken(cast, "def test_a(spell): assert spel.x").message

    def test_a_skip(self, cast: Cast) -> None:
        self.broken(cast, "import pytest\ndef test_a(): pytest.skip('no')\ndef test_b(): pass")
        self.broken(cast, "import pytest\npytestmark = pytest.mark.skip\ndef test_a(): pass")
        self.broken(cast, "import pytest\n@pytest.mark.xfail\ndef test_a(): pytest.xfail('no')")

    def test_a_missing_trial(self, cast: Cast, tmp_path: object) -> None:
        out = cast(RIGHT, "def test_a(): pass", files={"trial.py": ""})
        assert out.passed is False


def test_an_expected_failure_is_no_pass(cast: Cast) -> None:
    out = cast(RIGHT, "import pytest\n@pytest.mark.xfail\ndef test_a(): assert False")
    assert out.passed is False


def test_a_failing_fixture_fails_the_check(cast: Cast) -> None:
    trial = """
        import pytest
        from oz.trial import same

        @pytest.fixture
        def row(spell):
            return spell.lay(3)

        def test_a(row):
            pass

        @pytest.fixture
        def after(spell):
            yield
            same(spell.x, 3, "x")

        def test_b(after):
            pass
    """
    out = cast("x = 4\ndef lay(n):\n    return [][n]", trial)
    assert [c.passed for c in out.checks] == [False, False]
    assert out.checks[0].line == 3
    assert out.checks[1].message.startswith("**value** of `x` asked `3`")


def test_no_configuration_is_found_by_accident(cast: Cast) -> None:
    files = {
        "conftest.py": "import os; os._exit(0)",
        "pytest.ini": "[pytest]\naddopts = --collect-only",
        "pyproject.toml": "[tool.pytest.ini_options]\naddopts = '--nonsense'",
    }
    assert cast(RIGHT, "def test_a(): pass", files=files).passed


def test_no_folder_above_the_trials_is_looked_at(cast: Cast) -> None:
    """The sandbox does not let the child read them."""
    trial = """
        from pathlib import Path

        def test_a(request):
            here = Path(__file__).parent
            assert all(node.path.is_relative_to(here) for node in request.node.listchain())
            assert request.config.rootpath == here
    """
    out = cast("", trial)
    assert out.passed, out.checks
