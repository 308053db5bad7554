import ast

from oz.trial import require


def test_first(spell, program):
    """what the program prints"""
    shape = ast.literal_eval(program.lines[0])
    require(
        spell.first == shape,
        "the shape that is printed",
        repr(spell.first),
        mistakes={
            "swapped": spell.first == (3, 2),
            "flat": spell.first == (6,),
            "doubled": spell.first == (2, 6),
            "one-row": spell.first == (1, 6),
        },
    )
