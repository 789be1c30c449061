"""ChatKit servers to read, run and take from."""
