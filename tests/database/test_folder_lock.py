"""One server a folder."""

import os
import signal
import subprocess
import sys
import time

import pytest

from kiosk.database.folder_lock import FolderInUse, held, is_held


def test_a_folder_is_held_once(tmp_path):
    with held(tmp_path), pytest.raises(FolderInUse, match="stop that one first"), held(tmp_path, 0):
        pass
    assert not is_held(tmp_path)


def test_it_is_free_again_after_a_fault(tmp_path):
    with pytest.raises(RuntimeError), held(tmp_path):
        raise RuntimeError
    with held(tmp_path, 0):
        assert is_held(tmp_path)


def test_the_folder_is_made_and_goes_when_nothing_was_begun_in_it(tmp_path):
    with held(tmp_path / "new"):
        assert (tmp_path / "new").is_dir()
    assert not (tmp_path / "new").exists()
    with held(tmp_path / "new"):
        (tmp_path / "new/secret").write_bytes(b"s")
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["secret"]


def test_a_killed_holder_lets_go(tmp_path):
    code = "import sys, time, pathlib; from kiosk.database.folder_lock import held\n"
    code += "with held(pathlib.Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    holder = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"
    assert is_held(tmp_path)
    os.kill(holder.pid, signal.SIGKILL)
    holder.communicate(timeout=10)
    with held(tmp_path, 0):
        pass


def test_a_holder_that_is_leaving_is_waited_for(tmp_path):
    code = "import sys, time, pathlib; from kiosk.database.folder_lock import held\n"
    code += "with held(pathlib.Path(sys.argv[1])): print('held', flush=True); time.sleep(0.3)"
    holder = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout
    holder.stdout.readline()
    began = time.monotonic()
    with held(tmp_path, 10):
        assert time.monotonic() - began < 5
    holder.communicate(timeout=10)
