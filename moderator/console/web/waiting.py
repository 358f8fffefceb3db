"""What waits, as an empty desk tells it."""

from moderator.console.store.database import Store
from moderator.console.store.figures import Queue
from moderator.console.store.history import depths


def waiting(store: Store) -> Queue:
    """All that reviewers may get: a canary that came to a desk at which nothing waits would be known for one, and who
    got a second look would know that somebody else had been first. Raises StoreUnavailable.
    """
    queues = depths(store).by_policy.values()
    return Queue(
        sum(queue.depth for queue in queues), min((queue.oldest for queue in queues if queue.oldest), default=None)
    )
