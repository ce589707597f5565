"""The pure core: standard library and numpy only; no I/O, no threads and no clock of its own."""
