"""A bad network between cameras and a console: ports on loopback that pass RTSP on and do it harm when told to.

    with FaultNet() as net:                      # or FaultProcess(), which leaves this process its own time
        proxy = net.proxy(cameras.port)
        ...                                      # a console plays rtsp://127.0.0.1:{proxy.port}/…
        began_s = proxy.set(STALL)
        ...
        proxy.heal()

`faults` has every fault, ready to be set; parts of them combine in one `Fault`.
"""

from tests.support.fault_proxy.faults import (
    BLACK_HOLE,
    HALF_OPEN,
    HEALTHY,
    HELD,
    NO_MEDIA,
    REFUSING,
    SILENT,
    STALL,
    Doorway,
    Ending,
    Fault,
    PacketFault,
    Where,
    capped,
    corrupting,
    dropping,
    duplicating,
    finishing,
    reordering,
    resetting,
    slow,
    trickle,
)
from tests.support.fault_proxy.gate import Connect, most_in_a_second
from tests.support.fault_proxy.net import FaultNet, FaultProxy
from tests.support.fault_proxy.process import FaultProcess, RemoteProxy

__all__ = [
    "BLACK_HOLE",
    "HALF_OPEN",
    "HEALTHY",
    "HELD",
    "NO_MEDIA",
    "REFUSING",
    "SILENT",
    "STALL",
    "Connect",
    "Doorway",
    "Ending",
    "Fault",
    "FaultNet",
    "FaultProcess",
    "FaultProxy",
    "PacketFault",
    "RemoteProxy",
    "Where",
    "capped",
    "corrupting",
    "dropping",
    "duplicating",
    "finishing",
    "most_in_a_second",
    "reordering",
    "resetting",
    "slow",
    "trickle",
]
