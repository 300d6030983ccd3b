"""Measures the tasks that documents are broken into, against what people wrote down."""
