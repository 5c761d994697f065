"""What a benchmark leaves behind: a table on the screen, and its figures with machine and date in bench/results/."""

import json
import platform
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Figure:
    """One measured value, beside what it should be."""

    what: str
    value: float
    unit: str
    target: str


class Report:
    """The figures of one benchmark program."""

    def __init__(self, name: str, title: str) -> None:
        self.name, self.title = name, title
        self.figures: list[Figure] = []

    def add(self, what: str, value: float, unit: str = "", *, target: str = "") -> None:
        """Note a figure and show it at once."""
        figure = Figure(what, round(value, 3), unit, target)
        self.figures.append(figure)
        print(f"  {what:<64} {shown(figure):>14}   {target}", flush=True)

    def write(self) -> None:
        """Store the figures as JSON and as a table to read."""
        RESULTS.mkdir(exist_ok=True)
        about = {"title": self.title, "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC", "machine": machine()}
        figures = [asdict(figure) for figure in self.figures]
        (RESULTS / f"{self.name}.json").write_text(json.dumps(about | {"figures": figures}, indent=2) + "\n")
        rows = [f"| {one.what} | {shown(one)} | {one.target} |" for one in self.figures]
        head = [
            f"# {self.title}",
            "",
            f"{about['date']} · {about['machine']}",
            "",
            "| What | Measured | Target |",
            "|---|---|---|",
        ]
        (RESULTS / f"{self.name}.md").write_text("\n".join([*head, *rows]) + "\n")


def shown(figure: Figure) -> str:
    return f"{figure.value:,g} {figure.unit}".strip()


def machine() -> str:
    """Processor, cores, memory and Python, without a name."""
    cpu = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    model = re.search(r"model name\s*:\s*(.+)", cpu)
    cores = cpu.count("processor\t:")
    memory = re.search(
        r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text() if Path("/proc/meminfo").exists() else ""
    )
    gigabytes = round(int(memory[1]) / 1024**2) if memory else 0
    name = model[1] if model else platform.machine()
    return f"{name}, {cores} cores, {gigabytes} GiB, Python {platform.python_version()}"
