"""Small files that players do open in an editor: drafts, settings; and the lock."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

from oz.saves import Journey, SavesError
from oz.saves import drafts as draft_files
from oz.saves.lock import holder
from tests.fuzz import damage
from tests.fuzz.corpus import Corpus
from tests.fuzz.hurt import odd_entry
from tests.fuzz.kind import Kind
from tests.fuzz.seen import said


class Small(Kind):
    """Drafts, the lock, settings: files that players do open in an editor."""

    name = "small files"
    share = 5

    def __init__(self, corpus: Corpus, place: Path) -> None:
        super().__init__(corpus, place)
        from oz.tui import settings  # brings Textual with it

        self.settings = settings
        os.environ["XDG_CONFIG_HOME"] = str(place / "config")

    def lay(self, chance: random.Random) -> Callable[[], str]:
        match chance.randrange(3):
            case 0:
                return self._draft(chance)
            case 1:
                path = self.settings.settings_path()
                path.parent.mkdir(parents=True, exist_ok=True)
                text = '{"theme": "oz-dark", "measure": "72", "pace": "flowing"}'
                data = damage.of_json(text, chance).encode("utf-8", "surrogatepass")
                path.write_bytes(data)
                if chance.random() < 0.1:
                    path.unlink()
                    odd_entry(path, chance)
                return self._choose
            case _:
                lock = self.place / "lock"
                text = '{"pid": 4711, "since": "2026-01-01T00:00:00+00:00"}'
                lock.write_bytes(damage.of_json(text, chance).encode("utf-8", "surrogatepass"))
                return self._hold

    def _draft(self, chance: random.Random) -> Callable[[], str]:
        starter, path = self.place / "starter.py", self.place / "spells" / "a" / "draft.py"
        starter.write_text("import torch\n\nx = torch.tensor(1)\n")
        path.parent.mkdir(parents=True)
        whole = chance.choice((
            b"x = 1\r\ny = 2\r\n", b"# coding: latin-1\nx = '\xe9'\n", b"\xef\xbb\xbfx = 1\n",
            b"# coding: utf-7\nx = 1\n", b"# coding: rot13\nx\n", "x = 'ä'\n".encode("utf-16"),
        ))  # fmt: skip
        path.write_bytes(damage.of_bytes(whole, chance))
        if chance.random() < 0.05:
            path.unlink()
            odd_entry(path, chance)
        text = damage.of_bytes(b"x = 2\n", chance).decode("utf-8", "surrogateescape")
        return lambda: self._write(path, starter, text)

    def _write(self, path: Path, starter: Path, text: str) -> str:
        try:
            draft = draft_files.read(path, starter)
            data = path.read_bytes()
            written = draft_files.write(path, text, draft.digest)
        except (SavesError, OSError) as error:
            said(error)
            return "refused"
        if written.kept is not None:
            assert written.kept.read_bytes() == data
        elif path.is_file() and draft.faithful:
            draft_files.write(path, draft.text, None)
        draft_files.digest(path)
        return "draft"

    def _choose(self) -> str:
        chosen = self.settings.load_settings()
        self.settings.save_settings(chosen)
        return "settings"

    def _hold(self) -> str:
        holder(self.place)
        with Journey.open(self.place):
            assert holder(self.place) == os.getpid()
        return "lock"
