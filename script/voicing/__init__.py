"""How the clips are made; used by `script/voice` alone, never by a running station."""
