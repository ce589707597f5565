"""Benchmarks: they measure and print, and assert nothing. `python3 dev.py bench --help`."""
