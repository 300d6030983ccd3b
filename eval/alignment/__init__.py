"""Measures how duties of one document are found again in another, against pairs that people made."""
