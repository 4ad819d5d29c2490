"""A new centre: the one-time code, its administrator, and the steps that lead to the first number."""
