"""Questions to ask, and what holds of every answer."""

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st

from corpus.library import shipped_documents
from rag.answer import Answer
from rag.assistant import Assistant

EXAMPLE = "瓶改管 deadline?"
TEXTS = [path.read_text(encoding="utf-8") for path in shipped_documents()]
few = settings(max_examples=40, deadline=None)


@st.composite
def stretches(draw: st.DrawFn) -> str:
    """A stretch of a shipped document's source."""
    text = draw(st.sampled_from(TEXTS))
    start = draw(st.integers(0, len(text) - 2))
    return text[start : start + draw(st.integers(1, 60))]


QUESTIONS = st.one_of(
    stretches(),
    st.text(min_size=1, max_size=40),
    st.tuples(
        stretches(), st.sampled_from(["什么时候完成", "谁牵头", "多久一次", "有哪些", "的文号是多少", "?"])
    ).map("".join),
).filter(str.strip)


def timeless(answer: Answer) -> Answer:
    return replace(answer, took_ms=0.0)


def marked(answer: Answer) -> dict[str, list[str]]:
    """The answering words of each cited document."""
    found: dict[str, list[str]] = {}
    for citation in answer.citations:
        words = [citation.text[mark.start : mark.end] for mark in citation.highlights if mark.answers]
        found.setdefault(citation.document.id, []).extend(words)
    return found


def whole(answer: Answer, assistant: Assistant) -> None:
    """An answer keeps what `Answer` promises, checked against the documents and not by its constructor."""
    assert (answer.status == "not_found") == (not answer.citations)
    assert (answer.reason is None) == bool(answer.citations)
    assert not (answer.citations and answer.nearest)
    shown = (*answer.citations, *answer.nearest)
    for citations in (answer.citations, answer.nearest):
        assert [citation.rank for citation in citations] == list(range(1, len(citations) + 1))
    assert len({citation.clause.id for citation in shown}) == len(shown)
    for citation in shown:
        held = assistant.documents[citation.document.id]
        assert citation.text == held.text[citation.start : citation.end]
        assert citation.clause in held.clauses
        assert (citation.start, citation.end) == (citation.clause.start, citation.clause.end)
        assert 0 <= citation.score <= 1
        assert all(0 <= mark.start < mark.end <= len(citation.text) for mark in citation.highlights)
