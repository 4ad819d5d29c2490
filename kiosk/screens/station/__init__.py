"""The station in the hall: what residents touch."""
