"""Who wrote a message, as a hash: two of one author are known as such, and nobody can tell who that is.

The hash has a key that never leaves the store, so that identifiers cannot be tried one after the other.
"""

import hashlib
import json
import secrets

import sqlalchemy as sa

from moderator.console.store.inserting import insert
from moderator.console.store.schema import keys
from moderator.contracts.message import Message

NAME = "author"
KEY_BYTES = 32
HASH_BYTES = 16


def author_key(connection: sa.Connection) -> bytes:
    """The store's, made when it is first asked for, in the caller's transaction."""
    wanted = sa.select(keys.c.key).where(keys.c.name == NAME)
    key: bytes | None = connection.execute(wanted).scalar()
    if key is None:
        made = {"name": NAME, "key": secrets.token_bytes(KEY_BYTES)}
        connection.execute(insert(connection, keys).on_conflict_do_nothing(), made)
        key = connection.execute(wanted).scalar_one()
    return key


def author_hash(key: bytes, message: Message) -> str | None:
    """Of the author, who is another one on another platform; None when nobody says who it is."""
    if message.author_id is None:
        return None
    whose = json.dumps([message.tenant, message.author_id]).encode()
    return hashlib.blake2b(whose, key=key, digest_size=HASH_BYTES).hexdigest()
