"""The side of the crucible that runs in its own processes. The game never imports it."""
