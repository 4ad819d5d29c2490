"""A day read from the changes of its tickets and counters, and added up."""
