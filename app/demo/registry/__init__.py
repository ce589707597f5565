"""The reference registry: the contract's server for demos, tests and whoever builds the real one.

Importing this package is cheap: the command line knows its options without loading the server.
"""
