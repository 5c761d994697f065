// A square cut of a picture: drag or arrow keys to move, wheel or slider to zoom, a button to turn. Rendered at 1024 px,
// which also drops the place and the device that a phone writes into its pictures.
import { useEffect, useRef, useState } from "react";

const SIDE = 1024;
const START = { zoom: 1, x: 0, y: 0, turn: 0 };

const clamp = (value, most) => Math.min(most, Math.max(-most, value));

// How far the picture can move before the square shows its edge, in sides of the square.
function bounded(view, image) {
  const least = Math.min(image.width, image.height);
  const [w, h] = view.turn % 2 ? [image.height, image.width] : [image.width, image.height];
  const zoom = Math.min(5, Math.max(1, view.zoom));
  return {
    ...view,
    zoom,
    x: clamp(view.x, ((w / least) * zoom - 1) / 2),
    y: clamp(view.y, ((h / least) * zoom - 1) / 2),
  };
}

function draw(canvas, image, view) {
  const side = canvas.width;
  const scale = (side / Math.min(image.width, image.height)) * view.zoom;
  const pen = canvas.getContext("2d");
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.fillStyle = "white";
  pen.fillRect(0, 0, side, side);
  pen.imageSmoothingQuality = "high";
  pen.translate(side / 2 + view.x * side, side / 2 + view.y * side);
  pen.rotate((view.turn * Math.PI) / 2);
  pen.drawImage(image, (-image.width * scale) / 2, (-image.height * scale) / 2, image.width * scale, image.height * scale);
}

export function Cropper({ file, texts, mainClass, quietClass, onCut, onCancel, onBroken }) {
  const canvas = useRef(null);
  const held = useRef(null);
  const [image, setImage] = useState(null);
  const [view, setView] = useState(START);
  const change = (part) => image && setView((before) => bounded({ ...before, ...part(before) }, image));

  useEffect(() => {
    createImageBitmap(file, { imageOrientation: "from-image" }).then(setImage, onBroken);
  }, [file]);
  useEffect(() => {
    if (image) draw(canvas.current, image, view);
  }, [image, view]);
  useEffect(() => {
    if (image) canvas.current.focus({ preventScroll: true });
  }, [image]);
  useEffect(() => {
    const wheel = (event) => {
      event.preventDefault();
      change((before) => ({ zoom: before.zoom * (event.deltaY < 0 ? 1.08 : 0.925) }));
    };
    const element = canvas.current;
    element.addEventListener("wheel", wheel, { passive: false });
    return () => element.removeEventListener("wheel", wheel);
  }, [image]);

  const pointer = {
    onPointerDown: (event) => {
      held.current = { x: event.clientX, y: event.clientY };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event) => {
      if (!held.current) return;
      const side = event.currentTarget.clientWidth;
      const [dx, dy] = [(event.clientX - held.current.x) / side, (event.clientY - held.current.y) / side];
      held.current = { x: event.clientX, y: event.clientY };
      change((before) => ({ x: before.x + dx, y: before.y + dy }));
    },
    onPointerUp: () => (held.current = null),
    onPointerCancel: () => (held.current = null),
  };
  const keys = {
    ArrowLeft: (before) => ({ x: before.x - 0.02 }),
    ArrowRight: (before) => ({ x: before.x + 0.02 }),
    ArrowUp: (before) => ({ y: before.y - 0.02 }),
    ArrowDown: (before) => ({ y: before.y + 0.02 }),
    "+": (before) => ({ zoom: before.zoom * 1.1 }),
    "=": (before) => ({ zoom: before.zoom * 1.1 }),
    "-": (before) => ({ zoom: before.zoom / 1.1 }),
    r: turned,
  };
  const cut = async () => {
    const full = Object.assign(document.createElement("canvas"), { width: SIDE, height: SIDE });
    draw(full, image, view);
    const webp = await new Promise((resolve) => full.toBlob(resolve, "image/webp", 0.9));
    if (webp?.type === "image/webp") return onCut(webp, ".webp");
    return full.toBlob((blob) => onCut(blob, ".jpg"), "image/jpeg", 0.9);
  };

  return (
    <div className="rounded-card border border-line bg-surface p-4">
      <div className="flex flex-col items-center gap-4 sm:flex-row sm:items-start">
        <div className="relative size-64 shrink-0 overflow-hidden rounded-card bg-sunken">
          <canvas
            {...pointer}
            ref={canvas}
            width={512}
            height={512}
            tabIndex={0}
            role="application"
            aria-label={texts.cropHelp}
            className="size-full cursor-grab touch-none active:cursor-grabbing"
            onKeyDown={(event) => {
              if (keys[event.key]) {
                event.preventDefault();
                change(keys[event.key]);
              }
            }}
          />
          <span className="pointer-events-none absolute inset-0 rounded-full shadow-[0_0_0_8rem_rgb(15_17_30/0.42)]" />
        </div>
        <div className="w-full min-w-0 flex-1">
          <p className="text-sm font-medium text-ink">{texts.cropTitle}</p>
          <p className="mt-1 text-sm text-muted">{texts.cropHelp}</p>
          <label className="mt-4 block text-xs font-medium text-muted">
            {texts.zoom}
            <input
              type="range"
              min="1"
              max="5"
              step="0.01"
              className="mt-1 block h-8 w-full accent-brand"
              value={view.zoom}
              onChange={(event) => change(() => ({ zoom: Number(event.target.value) }))}
            />
          </label>
          <div className="mt-4 flex flex-wrap gap-2">
            <button type="button" className={mainClass} disabled={!image} onClick={cut}>
              {texts.use}
            </button>
            <button type="button" className={quietClass} disabled={!image} onClick={() => change(turned)}>
              {texts.turn}
            </button>
            <button type="button" className={quietClass} onClick={onCancel}>
              {texts.cancel}
            </button>
          </div>
        </div>
      </div>
    </div>
  );
}

function turned(before) {
  return { turn: (before.turn + 1) % 4, x: -before.y, y: before.x };
}
