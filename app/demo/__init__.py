"""What the demo brings of its own: the reference registry and the camera simulator."""
