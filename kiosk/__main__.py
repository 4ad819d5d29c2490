"""The program as it is started: `kiosk`, or `python -m kiosk`.

While it loads, nobody looks for garbage: a thousand modules hold none, and to look through them took 0.08 of
a start's 0.7 s of processor time. What was loaded is never looked through later either.
"""

import gc

gc.disable()

from kiosk.cli import main  # noqa: E402 - this is what is loaded

gc.freeze()
gc.enable()

if __name__ == "__main__":
    main()
