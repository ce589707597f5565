"""Pantau without its windows: everything under `app` runs without Qt and without a display."""
