"""A real PostgreSQL for tests, as a local process that only this machine's users can reach."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

from tests.support.local_kafka import GUARDED

DEBIAN = Path("/usr/lib/postgresql")
USER = "moderator"
READY_WITHIN_S = 60.0  # a loaded machine; on an idle one it takes a second
ENDED_WITHIN_S = 30.0

NEEDED = "the tests need PostgreSQL's programs initdb and postgres; on Debian: apt-get install postgresql"

# What a test stores need not outlive the machine, only the server.
FAST = ("fsync=off", "full_page_writes=off")


def programs() -> Path | None:
    """The folder of the newest PostgreSQL's programs."""
    versions = [path for path in DEBIAN.glob("*/bin") if (path / "initdb").exists() and (path / "postgres").exists()]
    if versions:
        return max(versions, key=lambda path: int(path.parent.name))
    found = shutil.which("initdb")
    return Path(found).parent if found and shutil.which("postgres") else None


class LocalPostgres:
    """One server on a socket in a folder of its own. `settings` as in postgresql.conf. Call `close` in the end."""

    def __init__(self, bin_folder: Path, settings: tuple[str, ...] = FAST) -> None:
        self._bin = bin_folder
        self._settings = (*settings, "listen_addresses=", "max_connections=200")
        self.folder = Path(tempfile.mkdtemp(prefix="moderator-postgres-"))  # short: a socket's path has 107 characters
        self._server: subprocess.Popen[bytes] | None = None
        # It refuses to run as root.
        self._account = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        os.chown(self.folder, self._account.pw_uid, self._account.pw_gid)
        options = ("--username", USER, "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync")
        self._as_account([self._bin / "initdb", "--pgdata", self._cluster, *options])

    def start(self) -> None:
        """Start, again or for the first time, and return when it answers."""
        options = [word for setting in self._settings for word in ("-c", setting)]
        command = [str(self._bin / "postgres"), "-D", str(self._cluster), "-k", str(self.folder), *options]
        with (self.folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                ["sh", "-c", GUARDED, "sh", *command],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for the tests, which then stop the server
                cwd=self.folder,
                user=self._account.pw_uid,
                group=self._account.pw_gid,
                extra_groups=(),
            )
        self._await_answer()

    def kill(self) -> None:
        """End at once, as by a crash."""
        if self._server is not None:
            self._server.send_signal(signal.SIGQUIT)  # its children end too, and nothing is tidied up
            self._server.wait(ENDED_WITHIN_S)
            self._server.communicate(b"\n")  # the guard's word
            self._server = None

    def restart(self) -> None:
        """As after a crash, if there was none yet."""
        self.kill()
        self.start()

    def close(self) -> None:
        """End it and remove what it stored."""
        self.kill()
        shutil.rmtree(self.folder)

    def empty_database(self) -> str:
        """The URL of the one database, with all that was in it gone: that takes less than a new one."""
        with psycopg.connect(self._address, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        return self._address

    @property
    def _address(self) -> str:
        return f"postgresql://{USER}@/postgres?host={self.folder}"

    @property
    def _cluster(self) -> Path:
        return self.folder / "cluster"

    def _as_account(self, command: list[object]) -> None:
        """Run it to its end. Raises CalledProcessError."""
        subprocess.run(
            [str(word) for word in command],
            check=True,
            capture_output=True,
            cwd=self.folder,
            user=self._account.pw_uid,
            group=self._account.pw_gid,
            extra_groups=(),
        )

    def _await_answer(self) -> None:
        assert self._server is not None
        deadline = time.monotonic() + READY_WITHIN_S
        while self._server.poll() is None and time.monotonic() < deadline:
            try:
                psycopg.connect(self._address).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError(f"PostgreSQL did not start:\n{(self.folder / 'log').read_text(errors='replace')}")
