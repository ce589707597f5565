"""Everything that speaks to the central registry; the only place that imports `requests`."""
