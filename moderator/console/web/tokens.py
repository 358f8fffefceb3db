"""Who somebody is by a token that a proxy got from an OpenID provider and sends with each of their requests."""

from collections.abc import Mapping
from typing import Any

import jwt
from fastapi import Request

from moderator.console.web.identity import NotSignedIn, Person, Role
from moderator.console.web.signing_keys import ALGORITHMS, SigningKeys
from moderator.console_settings import OidcSettings

LEEWAY_S = 10  # by which clocks may differ
MOST_ID_CHARACTERS = 128  # of whom decisions are signed with; the standard has 255, providers some forty
MOST_NAME_CHARACTERS = 60
NAMES = ("name", "preferred_username", "email")


class Tokens:
    """Believes those of one issuer, for one audience, that it signed and that have not expired."""

    def __init__(self, settings: OidcSettings, keys: SigningKeys) -> None:
        self._settings = settings
        self._keys = keys
        self._role_named = {
            settings.reviewer_role: Role.REVIEWER,
            settings.lead_role: Role.LEAD,
            settings.auditor_role: Role.AUDITOR,
        }

    def who_is_it(self, request: Request) -> Person:
        """See WhoIsIt. Raises KeysUnavailable too."""
        header = request.headers.get(self._settings.header, "")
        scheme, _, token = header.partition(" ")
        claims = self._claims(token.strip() if scheme.lower() == "bearer" else header)
        return Person(_id(claims), _name(claims), self._roles(claims), self._policies(claims))

    def _claims(self, token: str) -> dict[str, Any]:
        """What a token says, once it is believed; why it is not is no news for who sent it."""
        if not token or self._settings.issuer is None:
            raise NotSignedIn
        try:
            key = self._keys.key(jwt.get_unverified_header(token).get("kid"))
            if key is None:
                raise NotSignedIn
            return jwt.decode(
                token,
                key,
                algorithms=ALGORITHMS,
                audience=self._settings.audience,
                issuer=self._settings.issuer,
                leeway=LEEWAY_S,
                options={"require": ["exp", "iss", "aud", "sub"]},
            )
        except jwt.InvalidTokenError:
            raise NotSignedIn from None

    def _roles(self, claims: Mapping[str, Any]) -> frozenset[Role]:
        names = _named(claims, self._settings.roles_claim)
        return frozenset(self._role_named[name] for name in names if name in self._role_named)

    def _policies(self, claims: Mapping[str, Any]) -> frozenset[str] | None:
        """A token that says nothing of them, where it should, names none."""
        claim = self._settings.policies_claim
        return None if claim is None else _named(claims, claim)


def _named(claims: Mapping[str, Any], claim: str) -> frozenset[str]:
    """The words of a claim; a.b is b inside of a, unless there is an a.b."""
    said: Any = claims.get(claim)
    if said is None:
        said = claims
        for part in claim.split("."):
            said = said.get(part) if isinstance(said, Mapping) else None
    names = said.split() if isinstance(said, str) else said if isinstance(said, list) else []
    return frozenset(name for name in names if isinstance(name, str))


def _id(claims: Mapping[str, Any]) -> str:
    subject: str = claims["sub"]
    if not 0 < len(subject) <= MOST_ID_CHARACTERS or not subject.isprintable():
        raise NotSignedIn
    return subject


def _name(claims: Mapping[str, Any]) -> str:
    names = [claims[name] for name in NAMES if isinstance(claims.get(name), str) and claims[name].strip()]
    name: str = names[0] if names else claims["sub"]
    return name.strip()[:MOST_NAME_CHARACTERS]
