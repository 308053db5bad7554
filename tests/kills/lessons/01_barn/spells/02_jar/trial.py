import pathlib

from oz.trial import require


def test_jar(spell):
    """`jar.pt` is there"""
    require(pathlib.Path("jar.pt").exists(), "There is no jar.pt.")
