"""Households of a grid, and the colours that the centre names."""
