"""The check-in desk: scanning in and out."""
