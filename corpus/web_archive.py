"""Web pages kept in one file with their pictures (.mht), as Word and browsers write them."""

from __future__ import annotations

import email
import email.policy
from email.errors import MessageError

from corpus.decoded import Decoded
from corpus.errors import UnreadableError
from corpus.web import read_web


def read_web_archive(content: bytes, name: str) -> Decoded:
    """The text of the page in a .mht file, as `corpus.web.read_web` gives it.

    Raises UnreadableError for a file without a page.
    """
    try:
        message = email.message_from_bytes(content, policy=email.policy.compat32)
        for part in message.walk():
            if part.get_content_type() == "text/html":
                page = part.get_payload(decode=True)
                if isinstance(page, bytes):
                    return read_web(page, name)
    except (MessageError, ValueError, RecursionError) as error:
        raise UnreadableError(
            f"{name}: a damaged .mht file ({error}); save the page anew as .html"
        ) from error
    raise UnreadableError(f"{name}: the file holds no web page; save the page anew as .html")
