"""Hundreds of simulated posts against one reference registry, on this machine alone."""
