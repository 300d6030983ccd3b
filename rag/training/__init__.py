"""How `rag/weights.json` is made: `python -m rag.training --help`."""
