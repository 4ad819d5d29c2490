"""One file a benchmark; each has `run()`, which prints its figures."""
