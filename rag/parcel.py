"""The .zip file that a home travels in: its label, and unpacking it when it may come from anybody."""

from __future__ import annotations

import hashlib
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, Final

from corpus.archive import RATIO, RATIO_FREE

LABEL: Final = "yiju.json"
"""The entry that says what the others are."""
FORMAT: Final = 1
"""Goes up whenever older code could not read the file, or newer code would misread it."""
HEADERS: Final = 1_000_000
"""A file holds no more headers of entries than this, those of archives inside counted (10⁴–10⁷): each takes memory."""
LONGEST_LABEL: Final = 64 * 2**20
"""The label is no longer than this, in bytes (1–512 MiB)."""
BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, TypeError, KeyError, IndexError, RuntimeError,
    AttributeError, OverflowError,
)  # fmt: skip
"""What Python's reader of archives raises for one that is damaged or hostile."""

_CHUNK: Final = 2**20
_HEADER: Final = b"PK\x01\x02"
_DEFLATED: Final = (".json", ".jsonl")
_SNAPSHOT: Final = re.compile(r"[0-9A-Za-z]+-[0-9a-f]+")
_NAME: Final = re.compile(
    r"documents/[^./\\:\x00-\x1f\x7f-\x9f][^/\\:\x00-\x1f\x7f-\x9f]{0,250}"
    r"|snapshots/(?P<snapshot>[^/\\]+)/(?:[a-z]+/)?[A-Za-z0-9_]+\.[a-z]+"
)
_DIGEST: Final = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the home: its size in bytes and its SHA-256."""

    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Label:
    """What the file holds: the home's current snapshot, and every file by its path in the home.

    `byteorder` is that of the machine the index was made on. Raises ValueError for what no home would say.
    """

    snapshot: str
    byteorder: str
    parts: Mapping[str, Part]
    format: int = FORMAT

    def __post_init__(self) -> None:
        if self.format != FORMAT:
            raise ValueError(f"it has format {self.format}, expected {FORMAT}; use the same version of yiju")
        if not _SNAPSHOT.fullmatch(self.snapshot):
            raise ValueError(f"it names no snapshot, got {self.snapshot!r}")
        for name, part in self.parts.items():
            found = _NAME.fullmatch(name)
            if found is None or found["snapshot"] not in (None, self.snapshot):
                raise ValueError(f"no home has a file {name!r}")
            if part.size < 0 or not _DIGEST.fullmatch(part.digest):
                raise ValueError(f"the size or checksum of {name!r} is none")

    @property
    def size(self) -> int:
        """The bytes of all parts."""
        return sum(part.size for part in self.parts.values())

    def to_json(self) -> str:
        """The label as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: bytes) -> Label:
        """Read what `to_json` wrote. Raises ValueError, TypeError, KeyError or RuntimeError when it is something else."""
        values: dict[str, Any] = json.loads(text)
        parts = {name: Part(int(part["size"]), str(part["digest"])) for name, part in values["parts"].items()}
        return cls(**{**values, "parts": parts})


def pack(stream: IO[bytes], label: Label, home: Path) -> None:
    """Write the label and the parts. Raises ValueError when a part is not as the label says, OSError on writing."""
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(_entry(LABEL), label.to_json())
        for name, part in label.parts.items():
            with (home / name).open("rb") as source, archive.open(_entry(name, part.size), "w") as target:
                if _copied(source, target, part.size) != part:
                    raise ValueError(f"{home / name} is not as it was taken in")


def opened(stream: IO[bytes]) -> tuple[zipfile.ZipFile, Label]:
    """The archive and its label, after all was checked that can be without unpacking it; raises one of `BROKEN`."""
    length = _checked_length(stream)
    archive = zipfile.ZipFile(stream)
    entries = archive.infolist()
    label_entry = archive.getinfo(LABEL)
    if label_entry.file_size > LONGEST_LABEL:
        raise ValueError(f"its label has {label_entry.file_size:,} bytes, more than {LONGEST_LABEL:,}")
    with archive.open(label_entry) as label_stream:
        label = Label.from_json(label_stream.read(LONGEST_LABEL))
    if sorted(entry.orig_filename for entry in entries) != sorted((LABEL, *label.parts)):
        raise ValueError("it holds other files than its label lists")
    if sum(entry.compress_size for entry in entries) > length:
        raise ValueError("its entries overlap")
    for entry in entries:
        if entry.file_size > max(RATIO_FREE, RATIO * entry.compress_size):
            raise ValueError(f"entry {entry.filename!r} inflates more than {RATIO} times")
    return archive, label


def unpack(archive: zipfile.ZipFile, label: Label, home: Path) -> None:
    """Write the parts into a folder; raises one of `BROKEN` for one that is not as the label says, OSError on writing."""
    for name, part in label.parts.items():
        target = home / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(name) as source, target.open("xb") as file:
            if _copied(source, file, part.size) != part:
                raise ValueError(f"{name!r} is damaged")


def _entry(name: str, size: int = 0) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.file_size = size  # so that zip64 is used where it must be
    entry.external_attr = 0o644 << 16
    # Sources mostly are deflated already, and numbers hardly shrink.
    entry.compress_type = zipfile.ZIP_DEFLATED if name.endswith(_DEFLATED) else zipfile.ZIP_STORED
    return entry


def _copied(source: IO[bytes], target: IO[bytes], limit: int) -> Part:
    """What was copied, which is at most a chunk more than the limit."""
    size, digest = 0, hashlib.sha256()
    while size <= limit and (chunk := source.read(_CHUNK)):
        target.write(chunk)
        digest.update(chunk)
        size += len(chunk)
    return Part(size, digest.hexdigest())


def _checked_length(stream: IO[bytes]) -> int:
    """The file's length in bytes; raises ValueError when it has more headers of entries than memory is to be spent on."""
    length, headers, end = 0, 0, b""
    stream.seek(0)
    while chunk := stream.read(_CHUNK):
        headers += (end + chunk).count(_HEADER)
        length += len(chunk)
        end = chunk[1 - len(_HEADER) :]
        if headers > HEADERS:
            raise ValueError(f"it has more than {HEADERS:,} entries")
    stream.seek(0)
    return length
