"""The web server: its threads, its shared commits, the nightly jobs, and running it all."""
