"""What the swatches are called, where the picture alone would not do."""

from kiosk.households import Swatch
from kiosk.words import mark

SWATCH_WORDS = {
    Swatch.RED: mark("红"),
    Swatch.ORANGE: mark("橙"),
    Swatch.YELLOW: mark("黄"),
    Swatch.GREEN: mark("绿"),
    Swatch.CYAN: mark("青"),
    Swatch.BLUE: mark("蓝"),
    Swatch.PURPLE: mark("紫"),
}
