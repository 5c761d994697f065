// The tablet's camera, read about eight times a second: the browser's own detector where there is one, else jsQR.
const EVERY = 120;
const WIDEST = 640;
const GONE = 1500;

let reading;

async function reader() {
  const formats = (await window.BarcodeDetector?.getSupportedFormats?.().catch(() => [])) ?? [];
  if (formats.includes("qr_code")) {
    const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
    return async (canvas) => (await detector.detect(canvas))[0]?.rawValue;
  }
  const found = (await import("jsqr")).default;
  const jsQR = found.default ?? found; // bundlers wrap it once or twice
  return async (canvas, context) => {
    const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
    return jsQR(data, width, height, { inversionAttempts: "dontInvert" })?.data;
  };
}

// Opens a camera onto a video element and calls `onCode(text)` once for each QR that comes into view.
export async function openCamera(video, { deviceId, onCode }) {
  reading ??= reader();
  const wanted = deviceId ? { deviceId: { exact: deviceId } } : { facingMode: { ideal: "environment" } };
  const size = { width: { ideal: 1280 }, height: { ideal: 720 } };
  const stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { ...wanted, ...size } });
  const [track] = stream.getVideoTracks();
  video.srcObject = stream;
  await video.play();
  const stop = watch(video, await reading, onCode);
  return {
    deviceId: track.getSettings().deviceId,
    hasTorch: Boolean(track.getCapabilities?.().torch),
    light: (isOn) => track.applyConstraints({ advanced: [{ torch: isOn }] }),
    close: () => {
      stop();
      stream.getTracks().forEach((one) => one.stop());
      video.srcObject = null;
    },
  };
}

export async function cameras() {
  const devices = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
  return devices.filter((device) => device.kind === "videoinput").map((device) => device.deviceId);
}

// A QR that stays in view is one scan; it counts anew once it was out of view for a moment.
function watch(video, read, onCode) {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  let timer;
  let isStopped = false;
  let held = "";
  let seenAt = 0;

  const look = async () => {
    if (!document.hidden && video.readyState >= 2) {
      const scale = Math.min(1, WIDEST / Math.max(video.videoWidth, video.videoHeight));
      canvas.width = Math.round(video.videoWidth * scale);
      canvas.height = Math.round(video.videoHeight * scale);
      context.drawImage(video, 0, 0, canvas.width, canvas.height);
      note(await read(canvas, context).catch(() => undefined));
    }
    if (!isStopped) timer = setTimeout(look, EVERY);
  };

  const note = (text) => {
    const now = performance.now();
    if (held && now - seenAt > GONE) held = "";
    if (!text || isStopped) return;
    seenAt = now;
    if (text === held) return;
    held = text;
    onCode(text);
  };

  look();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}
