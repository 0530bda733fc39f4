"""The published executable on a directory and a port of its own, for as long as tests need it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import exchange
from exchange import Exchange

PASSWORD = "correct horse battery"

PATIENCE = 60
"""Seconds that anything that must come is waited for: so long that only what never comes is given up."""

_WITHOUT_LIMITS = (
    "--orders-per-second 1000000 --changes-per-second 100000 --queries-per-minute 1000000"
    " --sign-ins-per-name 1000 --sign-ins-per-address 1000"
).split()


class Served:
    """An exchange that runs. Use `with`."""

    def __init__(self, *flags: str, limits: bool = False) -> None:
        self._flags = list(flags) if limits else [*_WITHOUT_LIMITS, *flags]
        self.directory = Path(tempfile.mkdtemp(prefix="exchange-test-"))
        self.url = ""
        self.output: list[str] = []
        self._port = 0
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Served:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        shutil.rmtree(self.directory)

    def start(self) -> None:
        """On the port it had before, if it had one."""
        self.output.clear()
        command = [
            os.environ["EXCHANGE_EXECUTABLE"],
            "--data",
            str(self.directory),
            "--create-markets",
            "anyone",
        ]
        self._process = subprocess.Popen(
            [*command, "--port", str(self._port), *self._flags],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=self.directory,
        )
        threading.Thread(target=self._read, args=(self._process,), daemon=True).start()
        self._await(r"Data in")
        self.url = self._await(r"^Exchange is at (\S+)").rstrip("/")
        self._port = int(self.url.rsplit(":", 1)[1])

    def kill(self) -> None:
        """As the power switch."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            if self._process.stdout is not None:
                self._process.stdout.close()
            self._process = None

    @property
    def setup_code(self) -> str:
        """What makes the first admin; it is printed as part of a link."""
        return self._await(r"setup\?code=(\S+)")

    def sign_up(self, name: str) -> str:
        """A token of somebody new; "Admin" is the admin."""
        setup_code = self.setup_code if name == "Admin" else None
        return exchange.sign_up(self.url, name, PASSWORD, setup_code=setup_code)

    def key_of(self, name: str) -> str:
        """An API key of somebody new."""
        with Exchange.connect(self.url, token=self.sign_up(name), channels=()) as ex:
            return ex.create_api_key("bot").secret

    def connect(self, name: str) -> Exchange:
        """Somebody new, connected."""
        return Exchange.connect(self.url, token=self.sign_up(name))

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                self.output.append(line.rstrip())
        except ValueError:
            pass  # Closed: it was killed.

    def _await(self, pattern: str) -> str:
        ends_at = time.monotonic() + PATIENCE
        while time.monotonic() < ends_at:
            for line in list(self.output):
                found = re.search(pattern, line)
                if found:
                    return found.group(found.re.groups)
            time.sleep(0.01)
        raise AssertionError(f"The exchange did not print {pattern}: {self.output}")
