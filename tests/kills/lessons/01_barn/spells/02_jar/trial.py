from oz.trial import require


def test_jar(spell, scratch):
    """`jar.pt` is there"""
    require((scratch / "jar.pt").exists(), "There is no jar.pt.")
