"""Makes each fault happen to whomever an event's draw has chosen."""

import time
from collections.abc import Collection

from tests.soak.cluster import Cluster
from tests.soak.fleet import MOST, Fleet
from tests.soak.proxy import Line
from tests.soak.schedule import Event, Fault

FROZEN_S = 4.0  # longer than the session timeout of three seconds: it wakes up as a zombie
BROKER_AWAY_S = 2.0
SPOILT_S = 4.0  # likewise longer: heartbeats are late or lost
LINES = {Fault.SLOW_NETWORK: Line.SLOW, Fault.CUT_NETWORK: Line.HALVED, Fault.LOSE_NETWORK: Line.SILENT}


def happen(event: Event, fleet: Fleet, cluster: Cluster, topics: Collection[str]) -> bool:
    """Return when it has happened and what can be mended is mended; False when there was nobody whom it could meet."""
    if event.fault in AGENTS:
        return _agents(event, fleet)
    broker = cluster.nodes[int(event.draw * len(cluster.nodes))]
    match event.fault:
        case Fault.KILL_BROKER:
            cluster.kill(broker, BROKER_AWAY_S)
        case Fault.STOP_BROKER:
            broker.restart()
        case Fault.MOVE_LEADERS:
            cluster.move_leaders(topics)
        case Fault.FEW_REPLICAS:
            cluster.want_all_in_sync(topics, broker, BROKER_AWAY_S)
        case _:
            cluster.spoil(broker, LINES[event.fault], SPOILT_S)
    return True


AGENTS = frozenset(
    {
        Fault.KILL_AGENT,
        Fault.STOP_AGENT,
        Fault.FREEZE_AGENT,
        Fault.ADD_AGENT,
        Fault.REMOVE_AGENT,
        Fault.HANG_AGENT,
        Fault.FILL_DISK,
        Fault.ROLL_AGENTS,
    }
)


def _agents(event: Event, fleet: Fleet) -> bool:
    if event.fault is Fault.HANG_AGENT:
        fleet.hang_one()
        return True
    running = fleet.running
    if event.fault is Fault.ADD_AGENT:
        if len(running) >= MOST:
            return False
        fleet.add()
        return True
    if not running:
        return False
    chosen = running[int(event.draw * len(running))]
    match event.fault:
        case Fault.KILL_AGENT:
            fleet.kill(chosen)
            fleet.add()
        case Fault.STOP_AGENT:
            fleet.stop(chosen)
            fleet.add()
        case Fault.REMOVE_AGENT:
            fleet.stop(chosen)
        case Fault.FILL_DISK:
            fleet.stop(chosen)
            fleet.add(full_disk=True)
        case Fault.ROLL_AGENTS:
            fleet.roll()
        case _:
            fleet.freeze(chosen)
            time.sleep(FROZEN_S)
            fleet.wake()
    return True
