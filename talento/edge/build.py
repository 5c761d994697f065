"""Builds the browser's half once: compile, prerender, make it independent of its address, list its inline scripts.

A second start finds the stamp of the same sources and builds nothing.
"""

import base64
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from talento import clock
from talento.settings import ROOT

WEB = ROOT / ".web"
STATIC = WEB / "build" / "client"
STAMP = WEB / "build.stamp"
PAGES = WEB / "pages.json"

OURS = ("talento", "assets", "rxconfig.py", "requirements.txt")
SOURCES = (*OURS, "reflex.lock")  # the compiler itself may renew the lock
UNBUILT = ("talento/api", "talento/edge", "talento/cli.py", "talento/__main__.py", "assets/external")

BUILD_ORIGIN = "http://localhost:8000"
BROTLI = (
    "const fs = require('fs'), z = require('zlib');"
    "for (const f of process.argv.slice(1)) fs.writeFileSync(f + '.br', z.brotliCompressSync(fs.readFileSync(f)))"
)
ASSET = re.compile(r"[\"'`./(]([\w.$-]+-[\w-]{8}\.(?:js|css|woff2))\b")
FONT = re.compile(r"/fonts/[\w-]+\.woff2")
ICONS = ("/favicon.svg", "/icon-192.png", "/icon-512.png", "/manifest.webmanifest")
BUILD_LINE = re.compile(r"^const BUILD = .*;", re.MULTILINE)
SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL | re.IGNORECASE)
HANDLER = re.compile(r"<[^>]+\son[a-z]+\s*=", re.IGNORECASE)

STREAM = (
    "window.__reactRouterContext.stream = new ReadableStream({start(controller){"
    "window.__reactRouterContext.streamController = controller;}}).pipeThrough(new TextEncoderStream());"
)
EXPECTED = tuple(
    re.compile(pattern)
    for pattern in (
        r"window\.__reactRouterContext = \{[\w\":,{}/]*\};" + re.escape(STREAM),
        r"window\.__reactRouterContext\.streamController\.enqueue\(\"(?:[^\"\\<]|\\[^<])*\"\);",
        r"window\.__reactRouterContext\.streamController\.close\(\);",
        r"(?:import (?:\* as route\d+ from )?\"/assets/[\w.-]+\.js\";\s*)+"
        r"window\.__reactRouterRouteModules = \{[\w\":,/\[\].$ -]*\};\s*"
        r"import\(\"/assets/entry\.client-[\w-]+\.js\"\);",
        r"requestAnimationFrame\(function\(\)\{\$RT=performance\.now\(\)\}\);",
        r"\$RC\(\"B:\d+\",\"S:\d+\"\)",
    )
)
KNOWN = (
    frozenset(  # whole scripts that never change: the colour mode of Reflex, React's reveal, React Router's scrolling
        {
            "sha256-VLxF92bXPTfTuq0eWqi5kCzrOEp7W0hdYYcqSMpWd3Q=",
            "sha256-ejxEGil7Q2jnFo9T1EMjhzsRoWDTVn8tRpUYd4XCJkY=",
            "sha256-n1D9cZXw4ZNSiUR+6/8u4KC6Mx7KCFb9ScJA8U0UdhI=",
        }
    )
)


class BuildFailed(SystemExit):
    """The build cannot be used; the sentence says why."""


def build(*, force: bool = False) -> bool:
    """Build unless the same sources were built before; says whether anything was done.

    Raises:
        BuildFailed: the compiler failed, or a page holds a script that nobody expected.
    """
    if not force and is_current():
        return False
    STAMP.unlink(missing_ok=True)
    ours = fingerprint(OURS)
    _export()
    finish(STATIC)
    if fingerprint(OURS) == ours:  # nobody wrote a source while we were compiling
        STAMP.write_text(fingerprint())
    return True


def is_current() -> bool:
    """Whether the build on disk was made from these sources."""
    return STAMP.exists() and PAGES.exists() and STAMP.read_text() == fingerprint()


def finish(static: Path) -> None:
    """Turn an export into what we serve."""
    changed = [*patch_origin(static), *paint_first(static), *keep_tablet(static)]
    pack(changed)
    pages = {page.relative_to(static).as_posix(): script_hashes(page) for page in sorted(static.rglob("*.html"))}
    (static.parent.parent / PAGES.name).write_text(json.dumps(pages, indent=1))


def fingerprint(names: tuple[str, ...] = SOURCES, root: Path = ROOT) -> str:
    """A hash over everything that the browser's half is made from."""
    digest = hashlib.sha256()
    for path in sorted(_sources(names, root)):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _sources(names: tuple[str, ...], root: Path) -> Iterator[Path]:
    for name in names:
        top = root / name
        for path in top.rglob("*") if top.is_dir() else [top]:
            relative = path.relative_to(root).as_posix()
            if path.is_file() and "__pycache__" not in relative and not relative.startswith(UNBUILT):
                yield path


def _export() -> None:
    """Run the compiler, saying what it does at least every few seconds."""
    say("Building the pages (about half a minute; the first time also fetches the JavaScript packages)…")
    command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    with Heartbeat():
        output, _ = process.communicate()
    if process.returncode:
        print(output[-6000:], file=sys.stderr)
        raise BuildFailed("The pages could not be built; the compiler's last words are above.")


def environment() -> dict[str, str]:
    """The environment in which Reflex compiles and serves."""
    own = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "REFLEX_USE_NPM": "true",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_ENV_MODE": "prod",
        "npm_config_omit_lockfile_registry_resolved": "true",
        "npm_config_fund": "false",
        "npm_config_audit": "false",
        "NO_COLOR": "1",
    }
    return os.environ | own


def paint_first(static: Path) -> list[Path]:
    """Let style and text arrive before the scripts: on a slow line they share it. Returns the changed pages."""
    pages = sorted(static.rglob("*.html"))
    for page in pages:
        text = page.read_text()
        page.write_text(text.replace('<link rel="modulepreload"', '<link fetchpriority="low" rel="modulepreload"'))
    return pages


def keep_tablet(static: Path) -> list[Path]:
    """Tell the service worker what the page of a tablet needs without a network. Returns the changed worker.

    Raises:
        BuildFailed: the worker has no place for it.
    """
    worker, page = static / "sw.js", static / "tablet" / "index.html"
    if not worker.exists():
        return []
    files = sorted({*ICONS, *needed_by(page, static)})
    contents = (path.read_bytes() for path in (page, *(static / name[1:] for name in files)))
    version = hashlib.sha256(b"".join(hashlib.sha256(each).digest() for each in contents)).hexdigest()[:12]
    text, count = BUILD_LINE.subn(
        f"const BUILD = {json.dumps({'version': version, 'files': files})};", worker.read_text()
    )
    if count != 1:
        raise BuildFailed("The service worker has no line for what it keeps.")
    worker.write_text(text)
    return [worker]


def needed_by(page: Path, static: Path) -> set[str]:
    """The addresses of all scripts, styles and fonts that a page may ask for, however late."""
    found: set[str] = set()
    waiting = [page]
    while waiting:
        text = waiting.pop().read_text()
        for name in ASSET.findall(text):
            path = static / "assets" / name
            if f"/assets/{name}" not in found and path.exists():
                found.add(f"/assets/{name}")
                if path.suffix in (".js", ".css") and not name.startswith("manifest-"):  # which lists every page
                    waiting.append(path)
        found.update(font for font in FONT.findall(text) if (static / font[1:]).exists())
    return found


def pack(files: list[Path]) -> None:
    """Compress what was changed again; a stale neighbour would be served instead of the file itself."""
    for file in files:
        file.with_name(file.name + ".gz").write_bytes(gzip.compress(file.read_bytes(), 9, mtime=0))
        file.with_name(file.name + ".br").unlink(missing_ok=True)
    node = Path(sys.executable).with_name("node")
    if node.exists():
        subprocess.run([node, "-e", BROTLI, *files], check=True)


def patch_origin(static: Path) -> list[Path]:
    """Make the pages talk to the address that they came from instead of the one of the build machine.

    Returns:
        The changed scripts.

    Raises:
        BuildFailed: the place to patch was not found, so the pages would look for a server on the build machine.
    """
    files = list(static.glob("assets/reflex-env-*.js"))
    if not files:
        raise BuildFailed("The build holds no reflex-env file: has Reflex changed its format?")
    for file in files:
        text = located(file.read_text())
        if "localhost:8000" in text:
            raise BuildFailed(f"The build machine's address is still in {file.name}.")
        file.write_text(text)
    return files


def located(script: str) -> str:
    """The script with the build machine's address replaced by the page's own."""
    socket = BUILD_ORIGIN.replace("http", "ws", 1)
    script = re.sub(rf"[`\"']{re.escape(BUILD_ORIGIN)}([^`\"']*)[`\"']", r"`${location.origin}\1`", script)
    return re.sub(
        rf"[`\"']{re.escape(socket)}([^`\"']*)[`\"']", r"`${location.origin.replace(/^http/,'ws')}\1`", script
    )


def script_hashes(page: Path) -> list[str]:
    """The CSP sources for the inline scripts of one page.

    Raises:
        BuildFailed: a script is not one that Reflex and React Router are known to write. Source: WEB-02.
    """
    html = page.read_text()
    if HANDLER.search(SCRIPT.sub("", html)):
        raise BuildFailed(f"{page.name} holds an inline event handler.")
    inline = [found["text"] for found in SCRIPT.finditer(html) if not re.search(r"\bsrc\s*=", found["attributes"])]
    for text in inline:
        if not is_expected(text):
            raise BuildFailed(f"{page.name} holds a script that nobody expected: {text.strip()[:120]!r}")
    return list(dict.fromkeys(csp_hash(text) for text in inline))


def is_expected(script: str) -> bool:
    """Whether Reflex or React Router writes such a script into its pages."""
    text = script.strip()
    return any(pattern.fullmatch(text) for pattern in EXPECTED) or csp_hash(without_numbers(text)) in KNOWN


def without_numbers(script: str) -> str:
    """The script with the numbers of the revealed boundary taken out: they differ from page to page."""
    return re.sub(r'\$RC\("B:\d+","S:\d+"\)$', "", script)


def csp_hash(script: str) -> str:
    """How a policy names this very script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


class Heartbeat:
    """Says that the work goes on, every few seconds, until it is done."""

    def __init__(self, every: float = 8) -> None:
        self._every = every
        self._done = threading.Event()
        self._started = clock.monotonic()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> "Heartbeat":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()
        say(f"  … done after {clock.monotonic() - self._started:.0f} s")

    def _beat(self) -> None:
        while not self._done.wait(self._every):
            say(f"  … still working, {clock.monotonic() - self._started:.0f} s")


def say(line: str) -> None:
    """Tell the operator."""
    print(line, flush=True)
