"""Households (户) of a grid by the colours that the centre names: for one grid's worker."""
