"""Whether the player knows what a state_dict is, what it copies, and what is not in it."""

from oz.trial import predicted

NOT_YET = {"not-yet": lambda answer: answer is None or answer is ...}


def test_parts(spell, program):
    """`parts`: how many names stand in her state_dict"""
    predicted(
        spell.parts,
        program.lines[0],
        "parts",
        mistakes={
            **NOT_YET,
            "parameters-only": lambda a: float(a) == 6,
            "layers-not-parts": lambda a: float(a) in (3, 4),
            "batch-norm": lambda a: float(a) in (7, 8),
        },
    )


def test_in_glass(spell, program):
    """`in_glass`: the bias that the glass shows on Friday"""
    predicted(
        spell.in_glass,
        program.lines[1],
        "in_glass",
        mistakes={**NOT_YET, "glass-not-copy": lambda a: float(a) == 1},
    )


def test_in_portrait(spell, program):
    """`in_portrait`: the bias that the portrait shows on Friday"""
    predicted(
        spell.in_portrait,
        program.lines[2],
        "in_portrait",
        mistakes={**NOT_YET, "portrait-is-copy": lambda a: float(a) == 5},
    )


def test_in_file(spell, program):
    """`in_file`: the bias that lies in the file on Friday"""
    predicted(
        spell.in_file,
        program.lines[3],
        "in_file",
        mistakes={**NOT_YET, "file-stays": lambda a: float(a) == 5},
    )


def test_in_glass_again(spell, program):
    """`in_glass_again`: what the glass shows when the portrait has been loaded into her"""
    predicted(
        spell.in_glass_again,
        program.lines[4],
        "in_glass_again",
        mistakes={**NOT_YET, "written-into": lambda a: float(a) == 5},
    )


def test_alike(spell, program):
    """`alike`: whether the other has her weights"""
    predicted(
        spell.alike,
        program.lines[5],
        "alike",
        mistakes={**NOT_YET, "it-is-loaded": lambda a: a is False},
    )


def test_answer(spell, program):
    """`answer`: whether what `load_state_dict` gives back is a module"""
    predicted(
        spell.answer,
        program.lines[6],
        "answer",
        mistakes={**NOT_YET, "only-a-report": lambda a: a is True},
    )


def test_training(spell, program):
    """`training`: whether the other is in training mode"""
    predicted(
        spell.training,
        program.lines[7],
        "training",
        mistakes={**NOT_YET, "mode-not-kept": lambda a: a is False},
    )
