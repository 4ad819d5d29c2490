"""From the code on paper to one answer and one row: who it is, at which day, in or out, and taken back."""
