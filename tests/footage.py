"""A film for a browser's fake camera: a grey wall, then somebody holds a QR before it, then the wall again."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import segno
from PIL import Image

WIDTH, HEIGHT, RATE = 640, 480, 20
WALL = 96


def film(path: Path, text: str, *, before: float = 1.0, held: float = 3.0, after: float = 2.0) -> Path:
    """Write a Y4M film of so many seconds each, the QR a little turned; the browser shows it over and over."""
    wall = np.full((HEIGHT, WIDTH), WALL, np.uint8)
    with path.open("wb") as out:
        out.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{RATE}:1 Ip A1:1 C420jpeg\n".encode())
        for frame in _frames(wall, held_up(text), before, held, after):
            out.write(b"FRAME\n" + frame.tobytes() + np.full(WIDTH * HEIGHT // 2, 128, np.uint8).tobytes())
    return path


def held_up(text: str) -> np.ndarray:
    """The picture of a badge's QR on white paper, turned by seven degrees."""
    modules = np.array(list(segno.make(text, error="m", micro=False).matrix), np.uint8)
    paper = Image.fromarray(np.pad(255 - 255 * modules, 4, constant_values=255))
    sheet = paper.resize((300, 300), Image.Resampling.NEAREST).rotate(7, expand=True, fillcolor=255)
    view = Image.new("L", (WIDTH, HEIGHT), WALL)
    view.paste(sheet, ((WIDTH - sheet.width) // 2, (HEIGHT - sheet.height) // 2))
    return np.array(view)


def _frames(wall: np.ndarray, badge: np.ndarray, before: float, held: float, after: float) -> Iterator[np.ndarray]:
    for picture, seconds in ((wall, before), (badge, held), (wall, after)):
        for _ in range(round(seconds * RATE)):
            yield picture
