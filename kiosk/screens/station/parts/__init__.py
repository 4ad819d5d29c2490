"""What screens of the station share: tiles in pages, what the home page shows, what is said of a scan."""
