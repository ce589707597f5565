"""The real console in a process of its own, driven by a script and watched tile by tile."""
