"""What is said aloud: every word of it, who says it, how it is read, and how loud."""
