"""How the built-in model was made: `python -m index.training --data FOLDER --out FOLDER`.

Reads laws, reports, news, questions and a dictionary from the data folder, counts a vocabulary, starts the
vectors from what stands together in a paragraph, draws pairs anew at each step, and writes a model folder.
"""
