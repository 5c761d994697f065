// A sound for each outcome, told apart with closed eyes, made on the spot; and the same as a vibration.
const SOUNDS = {
  in: { type: "sine", tones: [[660, 0, 0.12], [990, 0.12, 0.2]], shakes: [90] },
  out: { type: "sine", tones: [[740, 0, 0.12], [494, 0.12, 0.22]], shakes: [60, 60, 60] },
  repeated: { type: "triangle", tones: [[587, 0, 0.09], [587, 0.15, 0.09]], shakes: [40, 40, 40, 40, 40] },
  refused: { type: "square", tones: [[196, 0, 0.18], [147, 0.2, 0.34]], shakes: [320] },
};
const LOUD = 0.22;

let context;

// Browsers let a page sound only after a touch: call this from one.
export function wakeSound() {
  const Context = window.AudioContext ?? window.webkitAudioContext;
  if (!Context) return;
  context ??= new Context();
  if (context.state === "suspended") context.resume();
}

export function sound(outcome, isLoud) {
  const { type, tones, shakes } = SOUNDS[outcome] ?? {};
  if (!tones) return;
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(shakes);
  if (isLoud && context?.state === "running") tones.forEach(([pitch, start, length]) => tone(type, pitch, start, length));
}

function tone(type, pitch, start, length) {
  const at = context.currentTime + start;
  const voice = context.createOscillator();
  const volume = context.createGain();
  voice.type = type;
  voice.frequency.value = pitch;
  volume.gain.setValueAtTime(LOUD, at);
  volume.gain.exponentialRampToValueAtTime(0.001, at + length);
  voice.connect(volume).connect(context.destination);
  voice.start(at);
  voice.stop(at + length);
}
