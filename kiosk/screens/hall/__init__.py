"""What clerks work with: counters, the hall at one look, slips."""
