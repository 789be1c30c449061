"""ChatKit servers for tests. They know nothing of this project but the SDK and what entities are.

Settings name their factories: ``tests.servers:scripted``, ``tests.servers:bare``.
"""

from tests.servers.asking import counter
from tests.servers.bare_server import BareServer, bare
from tests.servers.cast import Cast
from tests.servers.everything import PIXEL
from tests.servers.scripted_server import ScriptedServer, scripted, slow_to_load

__all__ = [
    "PIXEL",
    "BareServer",
    "Cast",
    "ScriptedServer",
    "bare",
    "counter",
    "scripted",
    "slow_to_load",
]
