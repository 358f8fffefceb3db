"""A Kubernetes without nodes: store, API server, controllers, scheduler, and kwok in the place of the kubelets."""

import subprocess
import time
from pathlib import Path

import trustme
import yaml

from tests.support.local_kafka import GUARDED
from tests.support.real_kafka import free_ports

HOST = "127.0.0.1"
PODS = Path(__file__).with_name("pods.yaml")
READY_WITHIN_S = 120.0  # a loaded machine; on an idle one it takes four seconds
STOPPED_WITHIN_S = 30.0
LOG_TAIL_LINES = 20


class ControlPlane:
    """`programs` is the folder of their executables, `folder` an empty one for all that they write. Call `close`.

    Only this machine reaches it, and only who can read `kubeconfig` gets in.
    """

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs = programs
        self._folder = folder
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self.kubeconfig = folder / "kubeconfig"
        self._store, self._peers, self._port = free_ports(3)
        self._write_credentials()

    def start(self) -> None:
        """Return when the API server says that it is ready. Raises RuntimeError with the log of what ended instead."""
        self._launch("etcd", *self._etcd())
        self._launch("kube-apiserver", *self._apiserver())
        self._await_ready()
        as_admin = f"--kubeconfig={self.kubeconfig}"
        alone = ("--leader-elect=false", "--secure-port=0")
        signing = f"--service-account-private-key-file={self._folder}/server.key"
        trusting = f"--root-ca-file={self._folder}/ca.crt"
        self._launch("kube-controller-manager", as_admin, *alone, signing, trusting)
        self._launch("kube-scheduler", as_admin, *alone)
        nodes = ("--manage-all-nodes=true", "--node-lease-duration-seconds=40")
        self._launch("kwok", as_admin, f"--config={PODS}", *nodes)

    def close(self) -> None:
        """End them, the store last."""
        for process in reversed(self._running.values()):
            process.terminate()
            try:
                process.wait(STOPPED_WITHIN_S)
            except subprocess.TimeoutExpired:
                process.kill()
            process.communicate(b"\n")  # the guard's word
        self._running.clear()

    def _write_credentials(self) -> None:
        """An authority, the server's certificate, whose key signs tokens too, and that of an administrator."""
        authority = trustme.CA()
        server = authority.issue_cert(HOST, "localhost")
        admin = authority.issue_cert("admin@moderator.example", common_name="admin", organization_name="system:masters")
        authority.cert_pem.write_to_path(str(self._folder / "ca.crt"))
        for name, pair in (("server", server), ("admin", admin)):
            pair.private_key_pem.write_to_path(str(self._folder / f"{name}.key"))
            pair.cert_chain_pems[0].write_to_path(str(self._folder / f"{name}.crt"))
        context = {"cluster": "local", "user": "admin"}
        cluster = {"server": f"https://{HOST}:{self._port}", "certificate-authority": str(self._folder / "ca.crt")}
        user = {
            "client-certificate": str(self._folder / "admin.crt"),
            "client-key": str(self._folder / "admin.key"),
        }
        config = {
            "apiVersion": "v1",
            "kind": "Config",
            "clusters": [{"name": "local", "cluster": cluster}],
            "users": [{"name": "admin", "user": user}],
            "contexts": [{"name": "local", "context": context}],
            "current-context": "local",
        }
        self.kubeconfig.write_text(yaml.safe_dump(config), encoding="utf-8")
        self.kubeconfig.chmod(0o600)  # helm warns otherwise

    def _etcd(self) -> tuple[str, ...]:
        store, peers = f"http://{HOST}:{self._store}", f"http://{HOST}:{self._peers}"
        return (
            f"--data-dir={self._folder}/etcd",
            "--unsafe-no-fsync",  # nothing here need outlive the machine
            f"--listen-client-urls={store}",
            f"--advertise-client-urls={store}",
            f"--listen-peer-urls={peers}",
            f"--initial-advertise-peer-urls={peers}",
            f"--initial-cluster=default={peers}",
        )

    def _apiserver(self) -> tuple[str, ...]:
        """All admission that is on by default stays on: Pod Security, quotas, service accounts, priorities."""
        url, here = f"https://{HOST}:{self._port}", self._folder
        return (
            f"--etcd-servers=http://{HOST}:{self._store}",
            f"--bind-address={HOST}",
            f"--advertise-address={HOST}",
            f"--secure-port={self._port}",
            "--endpoint-reconciler-type=none",  # loopback is no address that a Service may lead to
            "--authorization-mode=RBAC",
            f"--client-ca-file={here}/ca.crt",
            f"--tls-cert-file={here}/server.crt",
            f"--tls-private-key-file={here}/server.key",
            f"--service-account-issuer={url}",
            f"--service-account-key-file={here}/server.key",
            f"--service-account-signing-key-file={here}/server.key",
            "--service-cluster-ip-range=10.0.0.0/24",
        )

    def _launch(self, name: str, *arguments: str) -> None:
        with self._log(name).open("wb") as log:
            self._running[name] = subprocess.Popen(
                ["sh", "-c", GUARDED, "sh", str(self._programs / name), *arguments],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for the run, which then ends them
            )

    def _await_ready(self) -> None:
        deadline = time.monotonic() + READY_WITHIN_S
        line = (self._programs / "kubectl", f"--kubeconfig={self.kubeconfig}", "get", "--raw=/readyz")
        while subprocess.run(line, capture_output=True, check=False).returncode:
            ended = [name for name, process in self._running.items() if process.poll() is not None]
            if ended or time.monotonic() > deadline:
                logs = "\n".join(map(self._tail, self._running))
                raise RuntimeError(f"The API server did not become ready:\n{logs}")
            time.sleep(0.2)

    def _log(self, name: str) -> Path:
        return self._folder / f"{name}.log"

    def _tail(self, name: str) -> str:
        lines = self._log(name).read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join((f"--- {name}", *lines[-LOG_TAIL_LINES:]))
