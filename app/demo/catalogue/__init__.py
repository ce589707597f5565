"""Which cameras the reference registry lists: the invented Jakarta catalogue, or those of a CSV file.

Everything here runs once at start-up in the thread that calls it. It must import neither the registry nor
the simulator: they read it, not the other way round.
"""
