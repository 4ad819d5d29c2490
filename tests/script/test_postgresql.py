"""A PostgreSQL in a scratch folder goes with whoever needed it."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from script.benches._postgresql import PROGRAMS, ROOT

NEEDS_IT = """
import time
from script.benches._postgresql import initialised, leave_running
folder = initialised()
leave_running(folder, {"fsync": "off"})
print(folder, (folder / "data/postmaster.pid").read_text().split()[0], flush=True)
time.sleep(60)
"""


@pytest.mark.postgresql
def test_a_server_that_outlives_its_process_ends_all_the_same_when_that_is_killed():
    if not PROGRAMS:
        pytest.skip("no PostgreSQL: sudo apt-get install postgresql")
    with subprocess.Popen([sys.executable, "-c", NEEDS_IT], cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout
        folder, pid = (Path(said) for said in process.stdout.readline().decode().split())
        server = Path("/proc") / pid
        assert folder.exists()
        assert server.exists()
        process.kill()
    for _ in range(200):
        if not folder.exists() and not server.exists():
            return
        time.sleep(0.05)
    raise AssertionError(f"still there: {[one for one in (folder, server) if one.exists()]}")
