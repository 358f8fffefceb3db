"""What Alembic runs: the steps, within the transaction of whoever asked for them."""

from alembic import context

from moderator.console.store.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
