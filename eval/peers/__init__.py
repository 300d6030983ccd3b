"""Other ways to find a passage, measured with the same questions."""
