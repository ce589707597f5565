"""The preflight: whether this PC can show the wall, and how much of it (`pantau doctor`)."""
