"""Hours of volunteers: their lines, their totals, what the record says beside them, and their log."""
