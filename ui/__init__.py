"""The console's windows (Qt). Everything here runs on the GUI thread."""
