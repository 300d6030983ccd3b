"""The product itself as a measured system."""

from __future__ import annotations

from eval.gold import GoldQuestion
from eval.response import DEPTH, Response, Shown
from rag.answer import Answer, Citation
from rag.assistant import Assistant


class Ours:
    """An assistant, asked as people ask it: question, previous question, nothing else.

    Texts whose time is over answer too: the sets are years old, and what is measured is not their age.
    """

    name = "yiju"

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def respond(self, question: GoldQuestion) -> Response:
        """The assistant's answer."""
        answer = self._assistant.ask(
            question.question, top_k=DEPTH, context=question.context, include_withdrawn=True
        )
        return response(answer)


def response(answer: Answer) -> Response:
    """What an answer shows, as it is measured."""
    return Response(
        citations=tuple(_shown(citation) for citation in answer.citations),
        nearest=tuple(_shown(citation) for citation in answer.nearest),
        refused=answer.status == "not_found",
        took_ms=answer.took_ms,
    )


def _shown(citation: Citation) -> Shown:
    return Shown(
        document_id=citation.document.id,
        text=citation.text,
        marks=tuple(citation.text[mark.start : mark.end] for mark in citation.highlights if mark.answers),
        score=citation.score,
        verbatim=citation.document.text[citation.start : citation.end] == citation.text,
        clause_id=citation.clause.id,
    )
