"""The wing of score sheets: filling one in, making them, paper, what they say, the book of opinions."""
