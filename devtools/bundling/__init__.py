"""Makes what is shipped: the frozen product and the Windows installer. Standard library only."""
