"""Zip archives from strangers (.docx, .xlsx, .ofd): opened only when they are no trap, read only up to a limit."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from copy import copy
from typing import Final

from corpus.errors import UnreadableError

ENTRIES: Final = 20_000
"""An archive holds no more entries than this (1,000–100,000); an OFD of 1,600 pages holds some 5,000."""
TOTAL: Final = 512 * 2**20
"""All entries together are no longer than this when inflated, in bytes (64 MiB–4 GiB)."""
RATIO: Final = 200
"""An inflated entry is no more than so many times as long as the deflated one (100–1,000; deflate reaches 1,032)."""
RATIO_FREE: Final = 8 * 2**20
"""Entries no longer than this when inflated may have any ratio, in bytes (1–64 MiB)."""
NAME_LENGTH: Final = 512
"""An entry's name is no longer than this, in characters (256–4,096)."""
NAME_DEPTH: Final = 32
"""An entry lies no deeper than so many folders (8–256)."""

_CHUNK: Final = 2**16
_CENTRAL_HEADER: Final = b"PK\x01\x02"
_LOCAL_HEADER: Final = 30
_ENCRYPTED: Final = 1
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_ABSOLUTE: Final = re.compile(r"[/\\]|[A-Za-z]:")
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError,
    IndexError, KeyError,
)  # fmt: skip


def open_archive(content: bytes, name: str) -> zipfile.ZipFile:
    """Open a zip archive whose entries were checked: their number, names, places, and true sizes.

    Every entry is inflated once, chunk by chunk, so that a header that lies about a size is found out here and
    libraries that read the archive by themselves cannot be hurt. Raises UnreadableError for bytes that are no zip
    archive or one that is a trap.
    """
    if content.count(_CENTRAL_HEADER) > ENTRIES:
        raise _trap(name, f"it holds more than {ENTRIES:,} entries")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _BROKEN as error:
        raise _broken(name, error) from error
    archive.filename = name
    entries = archive.infolist()
    for entry in entries:
        _check_name(entry, name)
        _check_method(entry, name)
    _check_places(entries, len(content), name)
    _check_declared(entries, name)
    for entry in entries:
        _check_inflated(archive, entry)
    return archive


def read_entry(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    """The bytes of one entry, no more than `limit` of them even where the archive's headers lie.

    Raises UnreadableError when the archive has no such entry, or it is longer, or its checksum does not fit.
    """
    try:
        entry = archive.getinfo(name)
    except KeyError as error:
        raise UnreadableError(
            f"{archive.filename}: no entry {name!r} in it; open the file in its program and save it again"
        ) from error
    content = b"".join(_chunks(archive, entry, limit))
    if zlib.crc32(content) != entry.CRC:
        raise UnreadableError(
            f"{archive.filename}: entry {name!r} is damaged; open the file in its program and save it again"
        )
    return content


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> Iterator[bytes]:
    """The entry's true bytes, piece by piece, whatever its header says; an error once they exceed the limit."""
    name = archive.filename or "archive"
    probe = copy(entry)
    probe.file_size = limit + 1
    # Without a checksum to compare with, zipfile reads on to the true end: the checksum is over the declared length.
    probe.CRC = None  # type: ignore[assignment]
    length = 0
    try:
        with archive.open(probe) as stream:
            while chunk := stream.read(_CHUNK):
                length += len(chunk)
                if length > limit:
                    raise _trap(name, f"entry {entry.filename!r} is longer than {limit:,} bytes")
                yield chunk
    except _BROKEN as error:
        raise _broken(name, error) from error


def _check_name(entry: zipfile.ZipInfo, name: str) -> None:
    said = entry.orig_filename
    steps = re.split(r"[/\\]", said)
    if _CONTROL.search(said) or _ABSOLUTE.match(said) or ".." in steps:
        raise _trap(name, f"entry {said[:NAME_LENGTH]!a} has a name that leads out of the archive")
    if len(said) > NAME_LENGTH or len(steps) > NAME_DEPTH:
        raise _trap(name, f"an entry's name has {len(said):,} characters and {len(steps):,} steps")


def _check_method(entry: zipfile.ZipInfo, name: str) -> None:
    if entry.flag_bits & _ENCRYPTED:
        raise UnreadableError(f"{name}: protected by a password; take the password off and add it again")
    if entry.compress_type not in _METHODS:
        raise _trap(
            name, f"entry {entry.filename!r} is packed by method {entry.compress_type}, not by deflate"
        )


def _check_places(entries: list[zipfile.ZipInfo], length: int, name: str) -> None:
    """No two entries share bytes: each ends before the next begins."""
    placed = sorted(entries, key=lambda entry: entry.header_offset)
    ends = [entry.header_offset for entry in placed[1:]] + [length]
    for entry, end in zip(placed, ends, strict=True):
        if entry.header_offset + _LOCAL_HEADER + entry.compress_size > end:
            raise _trap(name, f"entry {entry.filename!r} overlaps another")


def _check_declared(entries: list[zipfile.ZipInfo], name: str) -> None:
    total = sum(entry.file_size for entry in entries)
    if total > TOTAL:
        raise _trap(name, f"it inflates to {total:,} bytes, more than {TOTAL:,}")
    for entry in entries:
        if entry.file_size > max(RATIO_FREE, RATIO * entry.compress_size):
            raise _trap(name, f"entry {entry.filename!r} inflates more than {RATIO} times")


def _check_inflated(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    for _ in _chunks(archive, entry, entry.file_size):
        pass


def _trap(name: str, what: str) -> UnreadableError:
    return UnreadableError(
        f"{name}: {what}, as no honest file does; save it anew in its program and add it again"
    )


def _broken(name: str, error: BaseException) -> UnreadableError:
    reason = " ".join(str(error).split()) or type(error).__name__
    return UnreadableError(
        f"{name}: a damaged archive ({reason}); save it anew in its program and add it again"
    )
