"""An OpenID provider's keys and tokens, good ones and forged ones."""

import base64
import hashlib
import hmac
import json
import time
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

ISSUER = "https://login.example/realms/trust"
AUDIENCE = "moderator-console"


@cache
def rsa_key(name: str) -> rsa.RSAPrivateKey:
    """One of each name; it takes a while."""
    del name
    return rsa.generate_private_key(65537, 2048)


@cache
def ec_key(name: str) -> ec.EllipticCurvePrivateKey:
    """One of each name."""
    del name
    return ec.generate_private_key(ec.SECP256R1())


def jwks(**keys: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    """A key set of the public halves, by their ids."""
    return json.dumps({"keys": [{**_public(key), "kid": id_} for id_, key in keys.items()]}).encode()


def claims(**changed: Any) -> dict[str, Any]:
    """What a good token says; None leaves a claim out."""
    now = int(time.time())
    good = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "u-17",
        "name": "Rosa Meyer",
        "iat": now,
        "exp": now + 300,
        "roles": ["moderator-reviewer", "something-else"],
    }
    return {name: value for name, value in (good | changed).items() if value is not None}


def signed(key: PrivateKeyTypes, kid: str | None = "one", algorithm: str = "ES256", **changed: Any) -> str:
    """A token."""
    headers = {} if kid is None else {"kid": kid}
    return jwt.encode(claims(**changed), key, algorithm, headers)  # type: ignore[arg-type]  # RSA and EC are among them


def unsigned(kid: str = "one") -> str:
    """A token that says it needs no signature."""
    return f"{_part({'alg': 'none', 'kid': kid})}.{_part(claims())}."


def signed_with_the_public_key(key: rsa.RSAPrivateKey, kid: str = "one") -> str:
    """A token whose signature is a MAC with what everybody knows: the old trick on who takes any algorithm."""
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    said = f"{_part({'alg': 'HS256', 'kid': kid, 'typ': 'JWT'})}.{_part(claims())}"
    return f"{said}.{_base64(hmac.digest(public, said.encode(), hashlib.sha256))}"


def _public(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> dict[str, Any]:
    if isinstance(key, rsa.RSAPrivateKey):
        return dict(RSAAlgorithm.to_jwk(key.public_key(), as_dict=True))
    return dict(ECAlgorithm.to_jwk(key.public_key(), as_dict=True))


def _part(document: dict[str, Any]) -> str:
    return _base64(json.dumps(document).encode())


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
