"""Parts that several test suites share: cameras, hosts and windows to test against."""
