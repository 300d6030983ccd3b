"""How good and how fast: measures the rag room from outside, beside peers."""
