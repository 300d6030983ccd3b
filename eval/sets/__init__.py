"""The sets of gold questions, each with what its questions are asked of."""
