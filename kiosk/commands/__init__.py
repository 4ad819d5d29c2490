"""What the `kiosk` command can do beside running a box: keep a centre, look after it, try its printer."""
