"""What all screens share: the page, who may ask, errors, polling, downloads."""
