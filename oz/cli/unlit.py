"""A crucible for commands that run nothing: it never warms up."""

from __future__ import annotations

from oz.crucible.api import Run
from oz.crucible.model import Job


class Unlit:
    """Serves `oz.crucible.api.Crucible` to a session that will not cast."""

    async def start(self) -> None:
        """Nothing to warm."""

    async def ready(self) -> None:
        """Nothing to wait for."""

    def run(self, job: Job) -> Run:
        raise RuntimeError(f"this command runs nothing, not even {job.title or job.mode}")

    async def close(self) -> None:
        """Nothing to end."""
