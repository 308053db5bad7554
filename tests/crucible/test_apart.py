"""A trial held in another process: what the program did to its own interpreter is of no use."""

from __future__ import annotations

from oz.crucible.model import Reason, Started

TRIAL = '''
import torch

def test_row(spell):
    """`row` is 0 to 6"""
    assert torch.equal(spell.row, torch.arange(7))

def test_model(spell):
    """`model` has three weights"""
    assert spell.model["weight"].shape == (1, 3)

def test_printed(printed, scratch):
    """It said hello and left a file"""
    assert printed.text == "hello\\n"
    assert (scratch / "left.txt").read_text() == "x"
'''
RIGHT = (
    "import torch\nrow = torch.arange(7)\nmodel = torch.nn.Linear(3, 1)\nprint('hello')\n"
    "open('left.txt', 'w').write('x')\n"
)
LIES = {
    "a subclass that equals everything": (
        "class Yes(torch.Tensor):\n"
        "    @classmethod\n"
        "    def __torch_function__(cls, f, types, args=(), kwargs=None):\n"
        "        return True\n"
        "row = torch.zeros(3).as_subclass(Yes)\n"
    ),
    "an object that equals everything": (
        "class Yes:\n    def __eq__(self, other):\n        return True\n"
        "    shape = (7,)\nrow = Yes()\n"
    ),
    "words in the name of the judge": (
        "row = torch.zeros(3)\n"
        "import gc\n"
        "from oz.crucible.child.stdio import Outlet\n"
        "from oz.crucible.model import Announced, Check\n"
        "for it in gc.get_objects():\n"
        "    if isinstance(it, Outlet):\n"
        "        it.emit(Announced(('a',)))\n"
        "        it.emit(Check('a', True))\n"
        "        it.tell(done='passed')\n"
        "import os\nos._exit(0)\n"
    ),
    "a file of its own": (
        "row = torch.zeros(3)\nimport os, pickle\n"
        "class Bad:\n    def __reduce__(self):\n        return os._exit, (0,)\n"
        "torch.save = lambda what, path: pickle.dump(Bad(), open(path, 'wb'))\n"
    ),
}


async def test_a_right_spell_passes(fire) -> None:
    told = await fire.cast(RIGHT, trial=TRIAL, apart=True)
    assert told.reason is Reason.PASSED, told.events
    assert len(told.checks) == 3
    assert len(told.of(Started)) == 1
    assert told.out == "hello\n"
    await fire.clean()


async def test_lies_are_of_no_use(fire) -> None:
    for name, lie in LIES.items():
        told = await fire.cast(RIGHT + lie, trial=TRIAL, apart=True)
        assert told.reason in (Reason.FAILED, Reason.NO_VERDICT), (name, told.events)
        assert not any(check.passed and check.name == "a" for check in told.checks)
        await fire.clean()


async def test_an_error_and_an_endless_loop_end_the_first_part(fire) -> None:
    told = await fire.cast("1 / 0", trial=TRIAL, apart=True)
    assert (told.reason, told.line) == (Reason.ERROR, 1)
    told = await fire.cast("while True:\n    pass", trial=TRIAL, apart=True, seconds=1)
    assert told.reason is Reason.TIMEOUT
