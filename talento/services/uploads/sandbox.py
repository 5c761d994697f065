"""Strangers' files are opened in a process of its own, with little memory and little time (`UP-03`, `UP-05`)."""

import multiprocessing
import resource
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, TimeoutError
from concurrent.futures.process import BrokenProcessPool

from talento.services.uploads.inspection import Inspected, Refused

MEMORY = 1_200 * 1024 * 1024
SECONDS = 20
JOBS_PER_PROCESS = 200

_pool: list[ProcessPoolExecutor] = []
_lock = threading.Lock()


def inspect(check: Callable[[bytes], Inspected], data: bytes) -> Inspected:
    """Run a check away from us.

    Raises:
        Refused: the file is not acceptable, or it took too much.
    """
    try:
        return _executor().submit(_guarded, check, data).result(timeout=SECONDS)
    except (BrokenProcessPool, TimeoutError, MemoryError) as error:
        _discard()
        raise Refused("This file can't be opened safely. Please send another one.") from error


def warm() -> None:
    """Start the process before the first file arrives."""
    _executor().submit(int)


def stop() -> None:
    """End the process; the server is stopping."""
    _discard()


def _guarded(check: Callable[[bytes], Inspected], data: bytes) -> Inspected:
    try:
        return check(data)
    except MemoryError as error:
        raise Refused("This file can't be opened safely. Please send another one.") from error


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _executor() -> ProcessPoolExecutor:
    with _lock:
        if not _pool:
            spawn = multiprocessing.get_context("spawn")
            _pool.append(
                ProcessPoolExecutor(1, mp_context=spawn, initializer=_limit, max_tasks_per_child=JOBS_PER_PROCESS)
            )
        return _pool[0]


def _discard() -> None:
    with _lock:
        for executor in _pool:
            for process in list((executor._processes or {}).values()):
                process.kill()
            executor.shutdown(wait=False, cancel_futures=True)
        _pool.clear()
