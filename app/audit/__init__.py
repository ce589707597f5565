"""The journal on this PC's disk: written as things happen, sent to the registry when it is there, verified."""
