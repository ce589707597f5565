"""What turns packets into pictures: `av` on shared surfaces, `vlc` on direct ones."""
