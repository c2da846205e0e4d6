"""The examples for cron, systemd and text messages do what they say."""

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from harness import Run

EXAMPLES = Path(__file__).parents[2] / "examples"


class Gateway(HTTPServer):
    """Takes text messages over HTTP, and answers as it is told."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 200
        self.taken: list[tuple[str, Any]] = []


class _Handler(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.headers["Authorization"], json.loads(body)))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def gateway(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    """A gateway, and a practice that sends by it."""
    for tool in ("jq", "curl"):
        if shutil.which(tool) is None:
            pytest.skip(f"the example needs {tool}")
    found = Gateway()
    settings = tmp_path / "settings"
    settings.write_text(f"SMS_URL=http://127.0.0.1:{found.server_port}/send\nSMS_KEY=k3y\n")
    monkeypatch.setenv("SMS_SETTINGS", str(settings))
    monkeypatch.setenv("PTRACK_MAIL_COMMAND", str(EXAMPLES / "sms-gateway.sh"))
    threading.Thread(target=found.serve_forever, daemon=True).start()
    yield found
    found.shutdown()
    found.server_close()


def test_a_confirmation_goes_out_as_a_text_message(run: Run, gateway: Gateway) -> None:
    run("clients", "add", "Anna Berg", "--channel", "command", "--phone", "+49 170 1234567")
    run("appointments", "add", "Anna", "2026-11-24 10:00")
    run("config", "set", "sender", "maya@nord.example")
    run("reminders", "send")
    ((key, said),) = gateway.taken
    assert key == "Bearer k3y"
    assert said["to"] == "+49 170 1234567"
    assert said["text"].startswith("Booked: Tuesday 24 November, 10:00")
    assert said["reference"] == "ptrack-1"
    assert run("mail", "list", "--status", "sent", "--json").json[0]["id"] == 1


@pytest.mark.parametrize(("answer", "becomes"), [(503, "pending"), (400, "failed")])
def test_what_the_gateway_refuses_is_put_off_or_failed(
    run: Run, gateway: Gateway, answer: int, becomes: str
) -> None:
    gateway.status = answer
    run("clients", "add", "Anna Berg", "--channel", "command", "--phone", "+49 170 1234567")
    run("appointments", "add", "Anna", "2026-11-24 10:00")
    run("config", "set", "sender", "maya@nord.example")
    assert f"The gateway answered {answer}." in run("reminders", "send", status=3).err
    (row,) = run("mail", "list", "--kind", "confirmation", "--json").json
    assert row["status"] == becomes


def test_the_lines_of_the_crontab_run(run: Run) -> None:
    lines = (EXAMPLES / "crontab").read_text().splitlines()
    commands = [line.partition("ptrack ")[2].split() for line in lines if line[:1] in set("*0123456789")]
    assert commands == [["reminders", "send"], ["jobs", "daily"], ["jobs", "weekly"]]
    run("clients", "list")
    for words in commands:
        said = run(*words)
        assert (said.out, said.err) == ("", "")


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("there is no systemd here to ask")
    units = [shutil.copy(unit, tmp_path) for unit in EXAMPLES.glob("ptrack-reminders.*")]
    assert len(units) == 2
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
