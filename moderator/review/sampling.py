"""Which messages a sample holds: by a hash, so that anybody can draw the same sample again."""

import hashlib

HASH_BYTES = 8
HASHES = 1 << 8 * HASH_BYTES


def sampled(identity: str, part: float, salt: str) -> bool:
    """Whether the sample that holds `part` (0 to 1) of all identities holds this one. A larger part holds all that a
    smaller one does; samples of different salts are independent of each other.
    """
    digest = hashlib.sha256(f"{salt}\0{identity}".encode()).digest()
    return int.from_bytes(digest[:HASH_BYTES]) < part * HASHES
