"""A question as typed becomes a question as meant."""

from rag.understanding.glossary import Glossary
from rag.understanding.reader import QuestionReader

__all__ = ["Glossary", "QuestionReader"]
