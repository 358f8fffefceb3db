"""Writes anew what follows from other files: `settings` in values.schema.json, the table of values in the docs."""

import json
import sys

from tests.chart.rendering import CHART
from tests.chart.settings_schema import settings_schema
from tests.chart.values_docs import BEGIN, END, values_table

SCHEMA = CHART / "values.schema.json"
PAGE = CHART.parents[1] / "docs" / "kubernetes.md"


def schema_text() -> str:
    """values.schema.json as it should be."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    schema["properties"]["settings"] = settings_schema()
    return json.dumps(schema, indent=2) + "\n"


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
