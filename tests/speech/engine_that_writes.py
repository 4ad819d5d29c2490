"""A speech engine for tests: it begins at once and writes a few bytes where it is told.

Words with 哑 it cannot say, at 断 it ends; what it is asked it notes in the file that it is given.
"""

import json
import sys
from pathlib import Path

notes = Path(sys.argv[1])
print(json.dumps({"ready": True}), flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    with notes.open("a", encoding="utf-8") as out:
        out.write(line)
    if "断" in asked["words"]:
        sys.exit(1)
    if "哑" in asked["words"]:
        print(json.dumps({"refused": "unreadable", "why": ["读不出来", "unreadable"]}), flush=True)
        continue
    said = "|".join(asked[name] for name in ("words", "lang", "reading", "voice"))
    Path(asked["target"]).write_bytes(b"ID3" + said.encode())
    print(json.dumps({"made": asked["target"], "seconds": 0.1}), flush=True)
