"""Typed settings: defaults, file, command line."""
