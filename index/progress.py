"""How far a build has come, told to whoever waits."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Told the stage ("passages", "terms", "vectors", "snapshot"), how many are done and of how many."""
