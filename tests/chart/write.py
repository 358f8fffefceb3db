"""Writes anew what follows from other files: settings and what null may not take away in values.schema.json, the table
of values in the docs.
"""

import json
import sys
from typing import Any

from tests.chart.rendering import CHART
from tests.chart.settings_schema import Schema, settings_schema
from tests.chart.values_docs import BEGIN, END, default_values, values_table

SCHEMA = CHART / "values.schema.json"
PAGE = CHART.parents[1] / "docs" / "kubernetes.md"


def schema_text() -> str:
    """values.schema.json as it should be."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    schema["properties"]["settings"] = settings_schema()
    _require(schema, default_values())
    return json.dumps(schema, indent=2) + "\n"


def _require(table: Schema, defaults: dict[str, Any]) -> None:
    """Every value whose default says something, if no more than false: null would take it away."""
    fields = table["properties"]
    for name, field in fields.items():
        if "properties" in field:
            _require(field, defaults.get(name, {}))
    table.pop("required", None)
    if needed := [
        name
        for name, value in defaults.items()
        if value not in ("", [], {}) and "null" not in fields[name].get("type", ())
    ]:
        table["required"] = needed


def page_text() -> str:
    """docs/kubernetes.md as it should be."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{values_table()}\n{END}{after}"


def main() -> int:
    """Write both."""
    SCHEMA.write_text(schema_text(), encoding="utf-8")
    PAGE.write_text(page_text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
