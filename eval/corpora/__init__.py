"""The documents that sets of questions are asked of, and the homes made of them."""
