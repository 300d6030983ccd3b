"""The faces: the page, the source view, the terminal."""
