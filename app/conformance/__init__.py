"""The conformance suite: asks a registry what the contract asks of it. Must not import Qt."""
