"""What a run finds imported already, so that it need not wait for it."""

from __future__ import annotations

from .conftest import Fire

SOURCE = """
import sys
wanted = ("numpy", "torch", "torch.utils.data", "torch._dynamo")
print([name for name in wanted if name not in sys.modules])
"""


async def test_what_the_first_optimizer_imports_is_there(zygote: Fire) -> None:
    told = await zygote.run(SOURCE)
    assert told.out.strip() == "[]"
