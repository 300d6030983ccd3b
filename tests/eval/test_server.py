"""Which program is measured."""

from __future__ import annotations

import os
import sys

from eval.server import yiju


def test_the_command_is_the_one_beside_this_python() -> None:
    assert yiju("ask", "?")[1:] == ["ask", "?"]
    assert os.path.dirname(yiju()[0]) == os.path.dirname(sys.executable)
