"""One reader process as its parent sees it: started when needed, ended when a file takes too much."""

from __future__ import annotations

import contextlib
import os
import pickle
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import BinaryIO, Final, cast

from corpus import errors
from corpus.catalogue import Catalogue
from corpus.document import Document
from corpus.errors import CorpusError
from corpus.frames import Answer, Request, Start, receive_answer, send, unpickle
from corpus.limits import Limits

GRACE: Final = 5.0
"""The process ends itself by the system's clock; where that fails, its parent ends it so many seconds later (1–60)."""
MESSAGE: Final = 1000
"""No error message is longer than this, in characters (200–10,000)."""

_ROOT: Final = Path(__file__).resolve().parents[1]
_START: Final = "import sys; sys.path[:0] = sys.argv[1:]; from corpus.reading import main; main()"
_GUI: Final = ("DISPLAY", "WAYLAND_DISPLAY")
_UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\s]+")
_TIMED_OUT: Final = frozenset(
    -getattr(signal, name) for name in ("SIGALRM", "SIGXCPU") if hasattr(signal, name)
)


class ReaderProcess:
    """A process that reads files one at a time, for one thread; a fresh one takes its place when it ends."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._folder = ""
        self._closed = False
        self._lock = threading.Lock()

    def read(self, path: Path, document_id: str, catalogue: Catalogue) -> Document | CorpusError:
        """The document a file holds, or what is wrong with it."""
        seconds = self.limits.seconds_for(_size(path))
        try:
            process = self._running()
        except OSError as error:
            return CorpusError(
                _line(f"{path.name}: no reader process can be started ({error.strerror}); try again later")
            )
        late = threading.Event()
        clock = threading.Timer(seconds * self.limits.patience + GRACE, _end_late, (process, late))
        clock.daemon = True
        clock.start()
        try:
            answer = self._ask(process, Request(path.absolute(), document_id, catalogue, seconds))
            document = unpickle(answer.document) if answer and not answer.error else None
        except (pickle.UnpicklingError, EOFError, AttributeError, TypeError, ValueError, IndexError):
            self.end()
            return CorpusError(
                _line(f"{path.name}: its reader answered nonsense; the file is hostile, do not open it")
            )
        finally:
            clock.cancel()
        if answer is None:
            return CorpusError(_line(self._died(process, path.name, seconds, late.is_set())))
        if answer.last:
            self.end()
        if isinstance(document, Document):
            return document
        kind = getattr(errors, answer.error, CorpusError)
        known = kind if isinstance(kind, type) and issubclass(kind, CorpusError) else CorpusError
        return known(_line(answer.message))

    def close(self) -> None:
        """End the process for good, whatever it is doing; from any thread."""
        self._closed = True
        self.end()

    def end(self) -> None:
        """End the process and all it started, and remove what it left in its folder for temporary files."""
        with self._lock:
            process, self._process = self._process, None
            folder, self._folder = self._folder, ""
        if process is not None:
            _kill(process)
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):
                        stream.close()
        if folder:
            shutil.rmtree(folder, ignore_errors=True)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.end()
        with self._lock:
            if self._closed:
                raise OSError(0, "the readers were closed")
            self._folder = tempfile.mkdtemp(prefix="yiju-reader-")
            self._process = _start(self._folder)
            process = self._process
        with contextlib.suppress(OSError):  # Whoever ends at once is found out when asked.
            send(cast(BinaryIO, process.stdin), Start(self.limits, self._folder))
        return process

    def _ask(self, process: subprocess.Popen[bytes], request: Request) -> Answer | None:
        try:
            send(cast(BinaryIO, process.stdin), request)
            return receive_answer(cast(BinaryIO, process.stdout))
        except (OSError, ValueError):  # ValueError: closed from another thread.
            return None

    def _died(self, process: subprocess.Popen[bytes], name: str, seconds: float, late: bool) -> str:
        """What is said of a file whose reader ended without an answer."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(GRACE)
        code = process.returncode
        _kill_group(process.pid)
        self.end()
        if self._closed:
            return f"{name}: not read, because reading was broken off; add it again"
        if late or code in _TIMED_OUT:
            return (
                f"{name}: takes more than {seconds:,.0f} s of processor time to read; part it or simplify it"
            )
        how = signal.Signals(-code).name if code is not None and code < 0 else f"exit {code}"
        memory = f"{self.limits.memory_mib} MiB"
        return (
            f"{name}: its reader ended ({how}), since the file is damaged or needs more than {memory}; "
            "save it anew in its program and add it again"
        )


def _start(folder: str) -> subprocess.Popen[bytes]:
    """A fresh process: it knows nothing of the caller's main module, terminal, or screen."""
    known = [str(_ROOT), *(entry for entry in sys.path if entry and entry != str(_ROOT))]
    environment = {name: value for name, value in os.environ.items() if name not in _GUI}
    environment.update(dict.fromkeys(("TMPDIR", "TEMP", "TMP"), folder))
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _START, *known],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )


def _end_late(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process that still runs, and its descendants, which share its session."""
    if process.poll() is None:
        _kill_group(process.pid)
        with contextlib.suppress(OSError):
            process.kill()


def _kill_group(leader: int) -> None:
    if hasattr(os, "killpg"):
        with contextlib.suppress(OSError):
            os.killpg(leader, signal.SIGKILL)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def _line(message: str) -> str:
    """A message as one line that any terminal and any log can show."""
    shown = message.encode("utf-8", "backslashreplace").decode()
    shown = _UNSHOWN.sub(" ", shown).strip()
    return shown if len(shown) <= MESSAGE else shown[: MESSAGE - 1] + "…"
