"""SIGTERM while a backlog is worked on: how long an agent takes to end."""

import time
from random import Random

from load.end_to_end import answers, fresh_topics
from load.report import Goal, Row
from load.site import Site

AT_WORK_S = (3.0, 6.0)  # from ready to the signal, uniform between these: no fixed place in a batch
EXIT_GOAL = Goal(5)


def stopping(site: Site, backlog: str, repeat: int) -> list[Row]:
    """`repeat` agents, one after the other, each on the whole topic `backlog`."""
    random = Random(1)
    seconds: list[float] = []
    for number in range(1, repeat + 1):
        topics = fresh_topics(site.kafka, messages=backlog)
        with site.agent(topics) as agent:
            time.sleep(random.uniform(*AT_WORK_S))
            if not answers(site.kafka, topics):
                raise RuntimeError("the agent was told to stop before it had answered anything")
            seconds.append(agent.stop())
        site.say(f"SIGTERM {number} of {repeat}: {seconds[-1]:.1f} s to the exit")
    return [
        Row("SIGTERM under load to exit", "s", tuple(seconds)),
        Row(f"  the longest of {repeat}", "s", (max(seconds),), EXIT_GOAL),
    ]
