"""What every pod of the chart must be, whoever installs it: a list of what a pod is not."""

from collections.abc import Iterator

from tests.chart.rendering import Manifest

PROBES = ("startupProbe", "livenessProbe", "readinessProbe")


def breaches(name: str, pod: Manifest) -> list[str]:
    """Every breach, each with the name of what the pod belongs to."""
    return [f"{name}: {breach}" for breach in (*_of_pod(pod), *_of_containers(name, pod))]


def _of_pod(pod: Manifest) -> Iterator[str]:
    security = pod.get("securityContext", {})
    if security.get("runAsNonRoot") is not True:
        yield "may run as root"
    if security.get("seccompProfile", {}).get("type") != "RuntimeDefault":
        yield "has no seccomp profile"
    if pod.get("automountServiceAccountToken") is not False:
        yield "is given a token of the service account"
    if pod.get("enableServiceLinks") is not False:
        yield "is given the addresses of all services"
    for field in ("hostNetwork", "hostPID", "hostIPC"):
        if pod.get(field):
            yield f"shares the node's: {field}"
    for volume in pod.get("volumes", []):
        if "hostPath" in volume:
            yield f"sees the node's files: {volume['name']}"


def _of_containers(name: str, pod: Manifest) -> Iterator[str]:
    volumes = {volume["name"]: volume for volume in pod.get("volumes", [])}
    for container in pod["containers"]:
        yield from _of_privileges(container)
        yield from (f"has no {bound} of {what}" for bound, what in _unbounded(container))
        image, _, version = container["image"].rpartition("@" if "@" in container["image"] else ":")
        if not image or version == "latest":
            yield f"runs whatever {container['image']} is today"
        if not name.startswith("Pod/"):  # the check, which ends by itself
            yield from (f"has no {probe}" for probe in PROBES if probe not in container)
        for mount in container["volumeMounts"]:
            if "emptyDir" not in volumes[mount["name"]] and mount.get("readOnly") is not True:
                yield f"may write to {mount['mountPath']}"
        for variable in container["env"]:
            if variable["name"].endswith("PASSWORD") or "secretKeyRef" in variable.get("valueFrom", {}):
                yield f"has a secret in its environment: {variable['name']}"


def _of_privileges(container: Manifest) -> Iterator[str]:
    security = container.get("securityContext", {})
    if security.get("privileged") or security.get("allowPrivilegeEscalation") is not False:
        yield "may gain privileges"
    if security.get("capabilities") != {"drop": ["ALL"]}:
        yield "keeps capabilities"
    if security.get("readOnlyRootFilesystem") is not True:
        yield "may write to its image"


def _unbounded(container: Manifest) -> Iterator[tuple[str, str]]:
    for bound in ("requests", "limits"):
        for what in ("cpu", "memory"):
            if what not in container.get("resources", {}).get(bound, {}):
                yield bound, what
