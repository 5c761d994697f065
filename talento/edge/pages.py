"""The prerendered pages: which file answers an address, and which inline scripts it may run."""

import json
from functools import cached_property
from pathlib import Path

from starlette.types import Scope

from talento.settings import ROOT

PAGES = ROOT / ".web" / "pages.json"
FALLBACK = "404.html"


class Pages:
    """What the build wrote down about the exported pages; nothing when there is no build."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _listed(self) -> dict[str, list[str]]:
        return json.loads(self._path.read_text()) if self._path.exists() else {}

    @cached_property
    def _static(self) -> Path:
        return self._path.parent / "build" / "client"

    @cached_property
    def _files(self) -> frozenset[str]:
        files = (path.relative_to(self._static).as_posix() for path in self._static.rglob("*") if path.is_file())
        return frozenset("/" + name for name in files)

    def addressed(self, scope: Scope) -> Scope:
        """The scope with `/login` read as `/login/`, where its page lies, instead of a redirect that loses https."""
        path = scope["path"]
        if path.endswith("/") or f"{path[1:]}/index.html" not in self._listed:
            return scope
        return {**scope, "path": path + "/", "raw_path": (path + "/").encode()}

    def hashes(self, path: str) -> tuple[str, ...]:
        """The hashes of the inline scripts of the page at `path`, or of the fallback that serves dynamic routes."""
        name = path.strip("/")
        own = f"{name}/index.html" if name else "index.html"
        return tuple(self._listed.get(own) or self._listed.get(FALLBACK) or ())

    def is_file(self, path: str) -> bool:
        """Whether `path` is a file of the build."""
        return path in self._files

    def is_packed(self, path: str) -> bool:
        """Whether the build compressed the file behind `path` with Brotli."""
        return f"{path}index.html.br" in self._files if path.endswith("/") else f"{path}.br" in self._files
