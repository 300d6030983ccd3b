"""Measures what is lost between a file's own words and the document that is read from it."""
