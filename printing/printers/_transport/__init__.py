"""What the kinds of printer share: ways to a printer, what is said on them, and what was found out."""
