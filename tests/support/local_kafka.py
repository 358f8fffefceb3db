"""Apache Kafka as a local process."""

import base64
import shutil
import subprocess
import uuid
from pathlib import Path

from tests.support.real_kafka import KAFKA_VERSION, STOPPED_WITHIN_S, RealKafka, broker_properties

ROOT = Path(__file__).parents[2]
POM = Path(__file__).with_name("kafka-pom.xml")
JARS = ROOT / ".cache" / f"kafka-{KAFKA_VERSION}"
HEAP = "-Xmx512m"
PROGRAMS = ("java", "mvn")
NEEDED = """\
Apache Kafka needs a Java 17 runtime and Maven; on Debian: apt-get install openjdk-17-jre-headless maven
Or start Docker, which does for all but the soak."""

# Runs "$@" in the place of the shell, and kills it if the tests end without a word on the shell's standard input,
# however they end.
GUARDED = 'exec 3<&0; (read -r word <&3 || kill -KILL $$) & exec "$@" <&- 3<&-'


def jars() -> str:
    """The class path of Kafka's jars, fetched from Maven Central once. Raises RuntimeError where they cannot be had or
    run.
    """
    if not all(map(shutil.which, PROGRAMS)):
        raise RuntimeError(NEEDED)
    if not JARS.is_dir():
        incomplete = JARS.with_name(f"{JARS.name}.{uuid.uuid4().hex}")
        copy = ["dependency:copy-dependencies", f"-DoutputDirectory={incomplete}"]
        fetched = subprocess.run(
            ["mvn", "--quiet", "--batch-mode", "-f", POM, *copy], capture_output=True, text=True, check=False
        )
        if fetched.returncode:
            raise RuntimeError(f"Maven cannot fetch Apache Kafka {KAFKA_VERSION}:\n{fetched.stdout}{fetched.stderr}")
        try:
            incomplete.rename(JARS)
        except OSError:  # another run was faster
            shutil.rmtree(incomplete)
    return f"{JARS}/*"


def new_cluster_id() -> str:
    """What brokers of one cluster share."""
    return base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")


class LocalKafka(RealKafka):
    """Keeps all that it writes in the folder `data`. `properties` and `cluster_id` may be changed until it starts."""

    def __init__(self, data: Path) -> None:
        super().__init__()
        self._jars = jars()
        self._data = data
        self._properties_file = data / "server.properties"
        self._log_file = data / "broker.log"
        self._broker: subprocess.Popen[bytes] | None = None
        self.properties = broker_properties(self.port, self.controller_port, self.host, str(data / "log"))
        self.cluster_id = new_cluster_id()

    def stop(self) -> None:
        if self._broker is not None:
            self._broker.terminate()
            self._ended()

    def kill(self) -> None:
        if self._broker is not None:
            self._broker.kill()
            self._ended()

    def close(self) -> None:
        self.kill()
        shutil.rmtree(self._data)

    def run_tool(self, main: str, *arguments: str) -> None:
        """Run a class of Kafka's own tools to its end. Raises CalledProcessError."""
        subprocess.run([*self._java(main), *arguments], check=True, capture_output=True)

    def _format(self) -> None:
        self._data.mkdir(parents=True, exist_ok=True)
        self._properties_file.write_text("\n".join(f"{name}={value}" for name, value in self.properties.items()))
        identity = f"--cluster-id={self.cluster_id}"  # in one word: it may begin with a hyphen
        self.run_tool("kafka.tools.StorageTool", "format", identity, "-c", str(self._properties_file))

    def _ended(self) -> None:
        assert self._broker is not None
        try:
            self._broker.wait(STOPPED_WITHIN_S)
        except subprocess.TimeoutExpired:
            self._broker.kill()
            self._broker.wait()
        self._broker.communicate(b"\n")  # the guard's word
        self._broker = None

    def _launch(self) -> None:
        if not self._properties_file.is_file():
            self._format()
        command = [*self._java("kafka.Kafka"), str(self._properties_file)]
        with self._log_file.open("ab") as log:
            self._broker = subprocess.Popen(
                ["sh", "-c", GUARDED, "sh", *command],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for the tests, which then stop the broker
            )

    def _java(self, main: str) -> list[str]:
        quiet = "-Dorg.apache.logging.log4j.level=WARN"
        return ["java", HEAP, "-XX:+UseSerialGC", quiet, "-cp", self._jars, main]

    def _running(self) -> bool:
        return self._broker is not None and self._broker.poll() is None

    def _log(self) -> str:
        return self._log_file.read_text(encoding="utf-8", errors="replace")
