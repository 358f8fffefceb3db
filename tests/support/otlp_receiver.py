"""A collector that takes spans by OTLP over HTTP, refuses them, or never answers. It runs in a thread of the test."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

KINDS = ("UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER")


class Manner(Enum):
    """How it answers."""

    TAKES = auto()
    REFUSES = auto()
    HANGS = auto()


@dataclass(frozen=True, slots=True)
class Received:
    """One span. Ids are hexadecimal; of a link the ids of trace and span."""

    service: str
    name: str
    kind: str
    trace_id: str
    span_id: str
    parent_id: str
    links: tuple[tuple[str, str], ...]
    attributes: Mapping[str, Any]
    failed: bool
    nanoseconds: tuple[int, int]


class OtlpReceiver:
    """Keeps what it takes, as spans and as the bytes that came."""

    def __init__(self, manner: Manner = Manner.TAKES) -> None:
        self.spans: list[Received] = []
        self.bodies: list[bytes] = []
        self.asked = threading.Event()
        self._manner = manner
        self._taking = threading.Lock()
        self._closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._requests())
        self._server.daemon_threads = True
        self._serving = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def endpoint(self) -> str:
        """For MODERATOR_TRACING__ENDPOINT."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._serving.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()

    def _requests(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Requests(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                self.send_response(receiver._answer(self.path, body))
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, format: str, *_arguments: object) -> None:  # noqa: A002  the base's name
                """Quiet."""

        return Requests

    def _answer(self, path: str, body: bytes) -> HTTPStatus:
        self.asked.set()
        if self._manner is Manner.HANGS:
            self._closing.wait()
        if self._manner is not Manner.TAKES:
            return HTTPStatus.FORBIDDEN
        if path != "/v1/traces":
            return HTTPStatus.NOT_FOUND
        with self._taking:
            self.bodies.append(body)
            self.spans += spans_in(body)
        return HTTPStatus.OK


def spans_in(body: bytes) -> list[Received]:
    """What a request holds."""
    request = ExportTraceServiceRequest.FromString(body)
    return [
        Received(
            service=_attributes(resource.resource.attributes)["service.name"],
            name=span.name,
            kind=KINDS[span.kind],
            trace_id=span.trace_id.hex(),
            span_id=span.span_id.hex(),
            parent_id=span.parent_span_id.hex(),
            links=tuple((link.trace_id.hex(), link.span_id.hex()) for link in span.links),
            attributes=_attributes(span.attributes),
            failed=span.status.code == span.status.STATUS_CODE_ERROR,
            nanoseconds=(span.start_time_unix_nano, span.end_time_unix_nano),
        )
        for resource in request.resource_spans
        for scope in resource.scope_spans
        for span in scope.spans
    ]


def _attributes(pairs: Any) -> dict[str, Any]:
    return {pair.key: _value(pair.value) for pair in pairs}


def _value(value: Any) -> Any:
    if value.WhichOneof("value") == "array_value":
        return [_value(each) for each in value.array_value.values]
    return getattr(value, value.WhichOneof("value"))
