"""Settings: from the environment and a file, all problems at once, no secret in sight."""

import os
from pathlib import Path

import pytest

from moderator.config import InputSettings, Settings, load_settings
from moderator.errors import ConfigError
from moderator.kafka_settings import SaslMechanism, SecurityProtocol

CANARY = "do-not-quote-me"
UNKNOWN = "unknown setting; `moderator config show` lists them all"
SASL = {"KAFKA__SECURITY_PROTOCOL": "SASL_SSL", "KAFKA__SASL_USERNAME": "moderator"}


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in [name for name in os.environ if name.upper().startswith("MODERATOR_")]:
        monkeypatch.delenv(variable)


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> "Load":
    """Loads settings of a made-up environment."""
    return Load(monkeypatch, tmp_path)


class Load:
    """Settings of an environment, whose variables are given without their prefix, and of a file's content."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self._monkeypatch = monkeypatch
        self._file = folder / "moderator.toml"

    def __call__(self, environment: dict[str, str] | None = None, toml: str | bytes | None = None) -> Settings:
        for name, value in (environment or {}).items():
            self._monkeypatch.setenv(f"MODERATOR_{name}", value)
        if toml is not None:
            self._file.write_bytes(toml.encode() if isinstance(toml, str) else toml)
            self._monkeypatch.setenv("MODERATOR_CONFIG", str(self._file))
        return load_settings()

    def problems(self, environment: dict[str, str] | None = None, toml: str | bytes | None = None) -> list[str]:
        with pytest.raises(ConfigError) as refusal:
            self(environment, toml)
        assert CANARY not in str(refusal.value) + repr(refusal.value)
        assert all(problem.startswith("MODERATOR_") for problem in refusal.value.problems)
        return [problem.removeprefix("MODERATOR_") for problem in refusal.value.problems]


def test_defaults(load: Load) -> None:
    """Nothing need be set to try the program on this machine; nothing is opened to others."""
    settings = load()
    assert settings.kafka.bootstrap_servers == "127.0.0.1:9092"
    assert settings.http.host == "127.0.0.1"
    assert settings == Settings.model_construct()


def test_environment(load: Load) -> None:
    """Every section is reached by its own variables, in any case."""
    settings = load({
        "KAFKA__BOOTSTRAP_SERVERS": "127.0.0.1:9092,localhost:9093", "TOPICS__DEAD_LETTERS": "dead",
        "INPUT__TEXT_POINTER": "/payload/body", "HTTP__PORT": "0", "DRAIN_TIMEOUT_S": "5.5",
        "model__threads": "2", "POLICY__FILE": "/etc/policy.toml",
        "POLICY__AUDIT_PART": "0.01",
    })  # fmt: skip
    assert settings.kafka.bootstrap_servers == "127.0.0.1:9092,localhost:9093"
    assert settings.topics.dead_letters == "dead"
    assert settings.input.pointers()["text"] == "/payload/body"
    assert (settings.http.port, settings.drain_timeout_s, settings.model.threads) == (0, 5.5, 2)
    assert (settings.policy.file, settings.policy.audit_part) == (Path("/etc/policy.toml"), 0.01)


def test_file(load: Load) -> None:
    """A TOML file holds the same settings under the same names."""
    settings = load(toml='drain_timeout_s = 7\n[kafka]\ngroup_id = "g"\n[http]\nport = 0\n')
    assert (settings.kafka.group_id, settings.http.port, settings.drain_timeout_s) == ("g", 0, 7.0)


def test_environment_wins_setting_by_setting(load: Load) -> None:
    """A deployment overrides one setting of a shipped file and keeps the rest of its section."""
    settings = load({"KAFKA__GROUP_ID": "mine"}, '[kafka]\ngroup_id = "theirs"\nclient_id = "theirs"\n')
    assert (settings.kafka.group_id, settings.kafka.client_id) == ("mine", "theirs")


def test_every_problem_together(load: Load) -> None:
    """Whoever mends a deployment mends it once: values, names, fields that contradict each other, the file."""
    found = load.problems(
        {
            "KAFKA__SECURITY_PROTOCOL": "SASL_SSL",
            "KAFKA__SESSION_TIMEOUT_MS": "soon",
            "KAFKA__SSL_CERT_FILE": "/cert.pem",
            "KAFKA__GROUPID": "g",
            "TOPICS__VERDICTS": "moderation.messages",
            "INPUT__ID_POINTER": "id",
            "HTTP__PORT": "70000",
        },
        '[log]\nlevel = "LOUD"\n[httpd]\nport = 1\n',
    )
    assert found == [
        f"KAFKA__GROUPID: {UNKNOWN}",
        f"HTTPD: {UNKNOWN}",
        "KAFKA__SASL_USERNAME: security_protocol SASL_SSL needs it",
        "KAFKA__SASL_PASSWORD: security_protocol SASL_SSL needs it",
        "KAFKA__SSL_KEY_FILE: ssl_cert_file and ssl_key_file go together",
        "KAFKA__SESSION_TIMEOUT_MS: Input should be a valid integer, unable to parse string as an integer",
        "TOPICS__VERDICTS: the topic moderation.messages is that of messages already",
        "INPUT__ID_POINTER: 'id' is not a JSON Pointer: it must start with '/'",
        "HTTP__PORT: Input should be less than or equal to 65535",
        "LOG__LEVEL: Input should be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'",
    ]


@pytest.mark.parametrize(
    "name",
    ["KAFKA__GROUPID", "KAFKA_GROUP_ID", "KAFKA__GROUP__ID", "TOPIC__MESSAGES", "KAFKA__GROUP_ID__X", "", "config"],
)
def test_unknown_variables(load: Load, name: str) -> None:
    """A misspelt variable is refused by name: its setting would silently keep its default."""
    assert f"{name}: {UNKNOWN}" in load.problems({name: "x"})


def test_unknown_settings_in_the_file(load: Load) -> None:
    """So is a misspelt name in the file, in the same words, also where it resembles an option of the reading."""
    assert load.problems(toml='[kafka]\ngroupid = "g"\n') == [f"KAFKA__GROUPID: {UNKNOWN}"]
    assert load.problems(toml='_cli_parse_args = ["--help"]\n') == [f"_CLI_PARSE_ARGS: {UNKNOWN}"]


@pytest.mark.parametrize("value", ["x", "{}", '{"group_id":"g"}'])
def test_a_section_is_no_setting(load: Load, value: str) -> None:
    """A section's own variable is named as wrong, not taken as JSON and not a trace."""
    assert [problem.split(":")[0] for problem in load.problems({"KAFKA": value})] == ["KAFKA"]


def test_a_section_beside_its_settings(load: Load) -> None:
    """Nor does it hide behind right ones."""
    assert load.problems({"KAFKA": "x", "KAFKA__GROUP_ID": "g"})


@pytest.mark.parametrize(
    ("content", "problem"),
    [(b"[kafka", "not TOML: "), (b"\xff", "not TOML: ")],
)
def test_a_file_of_no_toml(load: Load, content: bytes, problem: str) -> None:
    """The file is named, and problems of the environment stand beside it."""
    found = load.problems({"HTTP__PORT": "-1"}, content)
    assert found[0].startswith("CONFIG: ")
    assert f"moderator.toml: {problem}" in found[0]
    assert found[1].startswith("HTTP__PORT: ")


def test_no_file(load: Load) -> None:
    """A file that is named and not there is a problem, not an empty file."""
    assert load.problems({"CONFIG": "/nowhere.toml"}) == [
        "CONFIG: /nowhere.toml: cannot be read: No such file or directory"
    ]


def test_port_0_is_any_free_port(load: Load) -> None:
    """Two agents can run on one machine."""
    assert load({"HTTP__PORT": "0"}).http.port == 0


@pytest.mark.parametrize("protocol", ["SASL_PLAINTEXT", "SASL_SSL"])
def test_sasl_needs_credentials(load: Load, protocol: str) -> None:
    """Each missing part is named."""
    assert load.problems({"KAFKA__SECURITY_PROTOCOL": protocol, "KAFKA__SASL_PASSWORD": ""}) == [
        f"KAFKA__SASL_USERNAME: security_protocol {protocol} needs it",
        f"KAFKA__SASL_PASSWORD: security_protocol {protocol} needs it",
    ]


def test_sasl_by_kafkas_names(load: Load) -> None:
    """Names and spelling are those of Kafka's own configuration."""
    kafka = load({**SASL, "KAFKA__SASL_PASSWORD": CANARY, "KAFKA__SASL_MECHANISM": "SCRAM-SHA-256"}).kafka
    assert (kafka.security_protocol, kafka.sasl_mechanism) == (SecurityProtocol.SASL_SSL, SaslMechanism.SCRAM_SHA_256)
    assert kafka.sasl_password is not None
    assert kafka.sasl_password.get_secret_value() == CANARY


def test_secrets_are_masked(load: Load) -> None:
    """No way to print settings prints a password."""
    settings = load({**SASL, "KAFKA__SASL_PASSWORD": CANARY})
    for text in (repr(settings), str(settings), str(settings.model_dump()), settings.model_dump_json()):
        assert CANARY not in text
        assert "**" in text


@pytest.mark.parametrize("content", [CANARY, f"{CANARY}\n", f"{CANARY}\r\n"])
def test_password_from_a_file(load: Load, tmp_path: Path, content: str) -> None:
    """A mounted secret works, with the line end that editors leave."""
    file = tmp_path / "password"
    file.write_text(content, newline="")
    kafka = load({**SASL, "KAFKA__SASL_PASSWORD_FILE": str(file)}).kafka
    assert kafka.sasl_password is not None
    assert kafka.sasl_password.get_secret_value() == CANARY
    assert CANARY not in repr(kafka)


def test_password_given_twice(load: Load, tmp_path: Path) -> None:
    """Which one holds is not to be guessed."""
    file = tmp_path / "password"
    file.write_text(CANARY)
    environment = {**SASL, "KAFKA__SASL_PASSWORD": CANARY, "KAFKA__SASL_PASSWORD_FILE": str(file)}
    assert load.problems(environment) == ["KAFKA__SASL_PASSWORD: sasl_password_file is given too"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [(None, "cannot be read: No such file or directory"), (b"\n", "empty"), (b"\xff" + CANARY.encode(), "not UTF-8")],
)
def test_password_file_of_no_use(load: Load, tmp_path: Path, content: bytes | None, problem: str) -> None:
    """The file is named; what is in it is not."""
    file = tmp_path / "password"
    if content is not None:
        file.write_bytes(content)
    found = load.problems({**SASL, "KAFKA__SASL_PASSWORD_FILE": str(file)})
    assert found == [f"KAFKA__SASL_PASSWORD: sasl_password_file {file}: {problem}"]


@pytest.mark.parametrize("given", ["CERT", "KEY"])
def test_mutual_tls_needs_both_files(load: Load, given: str) -> None:
    """A certificate without its key, or the reverse, is a mistake."""
    found = load.problems({f"KAFKA__SSL_{given}_FILE": "/x.pem"})
    assert found == ["KAFKA__SSL_KEY_FILE: ssl_cert_file and ssl_key_file go together"]


def test_topics_are_distinct(load: Load) -> None:
    """Verdicts written to the topic that is read would be read for ever; a default name counts too."""
    assert load.problems(
        {"TOPICS__MESSAGES": "moderation.verdicts", "TOPICS__DECISIONS": "moderation.dead-letters"}
    ) == [
        "TOPICS__VERDICTS: the topic moderation.verdicts is that of messages already",
        "TOPICS__DEAD_LETTERS: the topic moderation.dead-letters is that of decisions already",
    ]


@pytest.mark.parametrize("name", ["", "a b", "a/b", "ä", "x" * 250, "a\n"])
def test_topic_names_are_kafkas(load: Load, name: str) -> None:
    """A name that no broker takes is refused at start."""
    assert [problem.split(":")[0] for problem in load.problems({"TOPICS__VERDICTS": name})] == ["TOPICS__VERDICTS"]


def test_pointers(load: Load) -> None:
    """Every field of a message has one; an emptied one is not read; the text's cannot be empty."""
    assert set(InputSettings().pointers()) == {
        "id", "text", "author_id", "channel", "tenant", "created_at", "language", "source", "reply_to",
    }  # fmt: skip
    assert "source" not in load({"INPUT__SOURCE_POINTER": ""}).input.pointers()
    assert [problem.split(":")[0] for problem in load.problems({"INPUT__TEXT_POINTER": ""})] == ["INPUT__TEXT_POINTER"]


def test_draining_ends_before_a_rebalance_stops_waiting(load: Load) -> None:
    """A member that drains for longer than the group waits would be left out of it."""
    assert load.problems({"DRAIN_TIMEOUT_S": "30"}) == ["DRAIN_TIMEOUT_S: Input should be less than 30"]


def test_what_kubernetes_sets_beside_a_service_is_no_setting(load: Load) -> None:
    """A Service called moderator in the namespace must not keep every agent from starting."""
    load({
        "SERVICE_HOST": "10.0.0.1", "SERVICE_PORT": "8080", "SERVICE_PORT_HTTP": "8080", "PORT": "tcp://10.0.0.1:8080",
        "PORT_8080_TCP": "tcp://10.0.0.1:8080", "PORT_8080_TCP_ADDR": "10.0.0.1", "AGENT_SERVICE_HOST": "10.0.0.2",
        "AGENT_PORT": "tcp://10.0.0.2:8080",
    })  # fmt: skip


def test_a_misspelt_port_is_still_refused(load: Load) -> None:
    """One underscore too few is the commonest slip of all."""
    assert [problem.split(":")[0] for problem in load.problems({"HTTP_PORT": "8080"})] == ["HTTP_PORT"]


@pytest.mark.parametrize("server", ["kafka:9092", "10.0.0.1:9092", "[2001:db8::1]:9092", "localhost.example:9092"])
@pytest.mark.parametrize("protocol", ["PLAINTEXT", "SASL_PLAINTEXT"])
def test_messages_leave_this_machine_encrypted_unless_told_otherwise(load: Load, server: str, protocol: str) -> None:
    """The problem names the server, and what to do; one far server among near ones is enough."""
    known = {"KAFKA__SECURITY_PROTOCOL": protocol, "KAFKA__SASL_USERNAME": "u", "KAFKA__SASL_PASSWORD": "p"}
    servers = {"KAFKA__BOOTSTRAP_SERVERS": f"127.0.0.1:9092, {server}"}
    (problem,) = load.problems(known | servers)
    assert problem.startswith("KAFKA__ALLOW_PLAINTEXT: ")
    assert server in problem
    assert load(known | servers | {"KAFKA__ALLOW_PLAINTEXT": "true"}).kafka.allow_plaintext
    assert load(servers | {"KAFKA__SECURITY_PROTOCOL": "SSL"}).kafka.security_protocol == "SSL"


@pytest.mark.parametrize("server", ["localhost:9092", "127.0.0.1:9092", "127.8.8.8:1", "[::1]:9092"])
def test_plain_text_to_this_machine_is_fine(load: Load, server: str) -> None:
    """For those who try it out."""
    assert load({"KAFKA__BOOTSTRAP_SERVERS": server}).kafka.bootstrap_servers == server


def test_oauth_needs_a_token_file_and_no_password(load: Load, tmp_path: Path) -> None:
    """The file must be there at the start; later somebody keeps it fresh."""
    oauth = {"KAFKA__SECURITY_PROTOCOL": "SASL_SSL", "KAFKA__SASL_MECHANISM": "OAUTHBEARER"}
    assert load.problems(oauth) == ["KAFKA__SASL_TOKEN_FILE: sasl_mechanism OAUTHBEARER needs it"]
    path = tmp_path / "token"
    (problem,) = load.problems(oauth | {"KAFKA__SASL_TOKEN_FILE": str(path)})
    assert "cannot be read" in problem
    path.write_text("ey\n")
    assert load(oauth | {"KAFKA__SASL_TOKEN_FILE": str(path)}).kafka.sasl_token_file == path
