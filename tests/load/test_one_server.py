"""Two servers on one folder, a backup and a doctor beside a running one, a server that is killed."""

import json
import os
import signal
import subprocess
import sys

import pytest

from kiosk import backup
from kiosk.database import folder_lock
from script.benches._hall import ROOT, Client, serving
from tests.engines import on_a_file

pytestmark = pytest.mark.load


@pytest.fixture
def kiosk(place):
    """A command beside the server, on the same database."""

    def kiosk(*words):
        command = [sys.executable, "-m", "kiosk", *(str(word) for word in words)]
        where = {"KIOSK_DATABASE_URL": place.url}
        return subprocess.run(
            command, cwd=ROOT, env=os.environ | where, capture_output=True, text=True, timeout=60, check=False
        )

    return kiosk


@pytest.fixture
def server(place):
    with place.starting() as running:
        yield running


def test_a_second_server_on_the_folder_is_refused_and_the_first_goes_on(server, kiosk):
    told = kiosk("serve", "--demo", "--port", "0", "--data", server.folder)
    assert (told.returncode, "Another Linli" in told.stderr) == (1, True)
    assert Client(server).get("/")[0] == 200


@on_a_file
def test_a_killed_server_leaves_the_folder_free_and_a_backup_that_can_be_restored(server, kiosk, tmp_path):
    number = Client(server).take()
    server.process.send_signal(signal.SIGKILL)
    server.process.wait(10)
    assert not folder_lock.is_held(server.folder)
    assert kiosk("backup", tmp_path / "kept.zip", "--data", server.folder).returncode == 0
    assert kiosk("restore", tmp_path / "kept.zip", "--data", tmp_path / "new").returncode == 0
    with serving(tmp_path / "new", printer="off:") as second:
        assert Client(second).get(number)[0] == 200


def test_a_running_server_is_examined_and_kept_without_a_word_from_it(server, kiosk, tmp_path):
    Client(server).take()
    report = json.loads(kiosk("doctor", "--json", "--data", server.folder).stdout)
    running = next(check for check in report["checks"] if check["check"] == "station")
    assert running["findings"][0]["facts"]["running"] is True
    assert kiosk("backup", tmp_path / "kept.zip", "--data", server.folder).returncode == 0
    assert kiosk("restore", tmp_path / "kept.zip", "--data", server.folder, "--replace").returncode == 1


def test_the_first_day_is_kept_by_the_server_itself(server):
    _, _, body = Client(server).get("/healthz")
    for _ in range(100):
        if json.loads(body)["last_backup_at"]:
            break
        _, _, body = Client(server).get("/healthz")
    assert backup.newest_backup(server.folder / backup.FOLDER)
    assert json.loads(body)["last_backup_at"]
