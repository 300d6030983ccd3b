"""Pages of characters in their places become texts, as PDF pages do, whatever kind of file they were read from."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.pdf_scan import Scan
from corpus.pdf_text import REACH, page_words

NEAR = 2 * REACH
"""A page's text depends on the pages up to so many away."""


def page_texts(scans: Sequence[Scan]) -> list[str]:
    """The text of each page of one document, running heads and what goes on over the page marked."""
    texts = []
    for index in range(len(scans)):
        near = range(max(0, index - NEAR), min(len(scans), index + NEAR + 1))
        texts.append(page_words({at - index: scans[at] for at in near}).text)
    return texts
