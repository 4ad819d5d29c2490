"""How what there is of one box is shared out: whom it serves first."""

from kiosk.sharing.favoured import BOX, Favoured

__all__ = ["BOX", "Favoured"]
