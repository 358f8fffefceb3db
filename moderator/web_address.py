"""Addresses of other programs, by HTTP. They are shown wherever settings are, so none may hold a password."""

import re
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from pydantic import WithJsonSchema

# An @ is let pass here, and refused below: who checks by the schema may quote what does not match, password and all.
PATTERN = r"^https?://[!-~]+$"

WebAddress = Annotated[str, WithJsonSchema({"type": "string", "format": "uri", "pattern": PATTERN})]
"""One without TLS too. Checked by the functions below, which can say what to do instead."""


def web_address(address: str, like: str, credentials: str) -> SplitResult:
    """Its parts. `credentials` says where those go. Raises ValueError that quotes none of it."""
    if "@" in address:  # wherever it is: a password that is not encoded may look like a path
        raise ValueError(f"holds an @, so perhaps a password, which would be shown; {credentials}")
    try:
        url = urlsplit(address)
        usable = re.fullmatch(PATTERN, address) is not None and bool(url.hostname) and url.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise ValueError(f"no address of the form {like}")
    return url


def base_address(address: str, like: str, credentials: str) -> str:
    """One that paths are added to, otherwise as above."""
    web_address(address, like, credentials)
    if "?" in address or "#" in address:
        raise ValueError(f"holds more than host, port and path; {credentials}")
    return address
