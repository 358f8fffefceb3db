"""IncrementalAlterConfigs, which aiokafka lacks: its AlterConfigs takes back every setting that it does not name.

The layout is that of the protocol's version 0 (https://kafka.apache.org/protocol).
"""

from collections.abc import Sequence
from typing import Any

from aiokafka.protocol.api import Request, RequestStruct, Response
from aiokafka.protocol.types import Array, Boolean, Int8, Int16, Int32, Schema, String

SET = 0  # of the operations: set a value

Change = tuple[int, str, Sequence[tuple[str, int, str]]]  # resource's type and name; setting, operation, value


class IncrementalAlterConfigsResponse(Response):  # type: ignore[misc]  # aiokafka is untyped here
    """An error, or none, a resource."""

    API_KEY = 44
    API_VERSION = 0
    SCHEMA = Schema(
        ("throttle_time_ms", Int32),
        (
            "responses",
            Array(
                ("error_code", Int16),
                ("error_message", String("utf-8")),
                ("resource_type", Int8),
                ("resource_name", String("utf-8")),
            ),
        ),
    )


class IncrementalAlterConfigsStruct(RequestStruct):  # type: ignore[misc]
    """As it travels."""

    API_KEY = 44
    API_VERSION = 0
    RESPONSE_TYPE = IncrementalAlterConfigsResponse
    SCHEMA = Schema(
        (
            "resources",
            Array(
                ("resource_type", Int8),
                ("resource_name", String("utf-8")),
                (
                    "configs",
                    Array(("name", String("utf-8")), ("config_operation", Int8), ("value", String("utf-8"))),
                ),
            ),
        ),
        ("validate_only", Boolean),
    )


class IncrementalAlterConfigs(Request[IncrementalAlterConfigsStruct]):  # type: ignore[misc]
    """Changes these settings and no others."""

    API_KEY = 44

    def __init__(self, changes: Sequence[Change], *, validate_only: bool) -> None:
        self._changes = changes
        self._validate_only = validate_only

    def build(self, request_struct_class: type[IncrementalAlterConfigsStruct]) -> Any:
        """Called by aiokafka with the version that the broker knows."""
        return request_struct_class(self._changes, self._validate_only)
