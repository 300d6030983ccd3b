"""How the reading network was made: `python -m rag.reading.training --help`."""
