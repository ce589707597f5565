"""Parts of `bench soak`: a compressed week of a wall's life, and what it leaves behind in memory."""
