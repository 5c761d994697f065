"""Every benchmark program, one after the other: `python -m bench [name …]`."""

import importlib
import sys

PROGRAMS = (
    "registration",
    "search",
    "first_page",
    "keystroke",
    "live_clients",
    "cinema_search",
    "face_grid",
    "board",
    "badges",
    "presence",
    "camera",
    "offline",
    "logs",
    "recap",
    "outbox",
    "mail_log",
    "settings",
    "dashboard",
    "attack",
)


def main() -> None:
    """Run the programs that are named, or all."""
    for name in sys.argv[1:] or PROGRAMS:
        print(f"\n{name}", flush=True)
        importlib.import_module(f"bench.{name}").main()


if __name__ == "__main__":
    main()
