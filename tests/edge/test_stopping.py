"""How a server ends."""

import os
import signal
import time

from tests.edge.conftest import launch
from tests.edge.wire import tab


async def test_a_server_with_open_sockets_stops_at_once_and_says_so(tmp_path):
    server = launch(tmp_path / "app")
    async with tab(server) as mine, tab(server) as other:
        begun = time.monotonic()
        os.kill(server.process.pid, signal.SIGTERM)

        assert await mine.code() == 1012
        assert await other.code() == 1012
        assert server.process.wait(5) == 0
        assert time.monotonic() - begun < 2.5
    assert "refused to gracefully stop" not in server.log
