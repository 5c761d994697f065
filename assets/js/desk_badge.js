// Whom a scanned or typed text means, among the people of a desk's copy: the rules of `services/codes.py` and
// `services/badges/signature.py`, without a network. Refusals are the names of sentences in the component's texts.
const LONGEST = 2000;
const SIGNED = /^TB1:([A-Z]{8}[0-9]{3,9}-[0-9]{3,9}):([0-9A-Z]{1,6}):([0-9A-Z]{1,5}):([A-Z2-7]{103})$/;
const EPOCH = Date.UTC(2020, 0, 1);
const DAY = 86_400_000;
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

// {person, isUnchecked}, or {refusal}. `copy` is a desk's copy as the server sends it, `now` in milliseconds.
export async function identify(copy, scanned, now) {
  if (scanned.length > LONGEST) return { refusal: "tooLong" };
  const said = scanned.slice(0, 400).replace(/\s/g, "").toUpperCase();
  if (said.startsWith("TB1:")) return ofBadge(copy, said, now);
  const readings = assignmentReadings(scanned);
  const found = copy.people.filter((one) => readings.includes(one.code));
  if (found.length === 1) return { person: found[0] };
  const code = normalize(scanned);
  const person = copy.people.find((one) => [one.talent_code, ...(one.aliases ?? [])].some((own) => own && normalize(own) === code));
  if (person) return { person };
  return { refusal: readings.length === 1 && !readings[0].startsWith(`${copy.project.code}-`) ? "otherProject" : "nobody" };
}

async function ofBadge(copy, said, now) {
  const found = SIGNED.exec(said);
  if (!found) return { refusal: "notSigned" };
  const [, code, serial, lastDay, signature] = found;
  const isGenuine = await verified(copy.key, said.slice(0, said.lastIndexOf(":")), signature);
  if (isGenuine === false) return { refusal: "forged" };
  if (EPOCH + parseInt(lastDay, 36) * DAY < Math.floor(now / DAY) * DAY) return { refusal: "expired" };
  if (copy.revoked.includes(await fingerprint(code, parseInt(serial, 36)))) return { refusal: "revoked" };
  const person = copy.people.find((one) => one.code === code);
  if (person) return { person, isUnchecked: isGenuine === null };
  return { refusal: code.startsWith(`${copy.project.code}-`) ? "nobody" : "otherProject" };
}

const keys = new Map();

// Whether a signature is good; null where this browser can't tell.
async function verified(key, said, signature) {
  try {
    if (!keys.has(key)) keys.set(key, await crypto.subtle.importKey("raw", bytesOf(key), "Ed25519", false, ["verify"]));
    const message = new TextEncoder().encode(`talento badge\0${said}`);
    return await crypto.subtle.verify("Ed25519", keys.get(key), base32(signature), message);
  } catch (error) {
    if (["NotSupportedError", "TypeError"].includes(error.name)) return null;
    return false;
  }
}

async function fingerprint(code, serial) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${code}:${serial}`));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, 24);
}

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

function base32(text) {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const letter of text) {
    held = ((held << 5) | BASE32.indexOf(letter)) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (held >> bits) & 0xff;
  }
  return bytes;
}

// A code as it is stored: from the address that our QR holds, in any case, with spaces and dashes.
export function normalize(scanned) {
  let said = scanned.trim().slice(0, LONGEST);
  if (said.includes("://") || said.startsWith("/")) said = lastSegment(said);
  return said.replace(/[\s\x00-\x1f\-‐‑‒–—_.·]/g, "").toUpperCase();
}

function lastSegment(address) {
  const base = window.location.origin;
  if (!URL.canParse(address, base)) return "";
  const { pathname } = new URL(address, base);
  const last = pathname.replace(/\/+$/, "").split("/").pop();
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

// The assignment codes that a text may mean; more than one only past number 999.
export function assignmentReadings(scanned) {
  const found = /([A-Z]{8}[0-9]{3,})-([0-9]{3,})$/.exec(scanned.trim().toUpperCase().replace(/\s/g, ""));
  if (found) return [`${found[1]}-${found[2]}`];
  const whole = /^([A-Z]{8})([0-9]{6,18})$/.exec(normalize(scanned));
  if (!whole) return [];
  const digits = whole[2];
  const isNumber = (one) => one.length === 3 || !one.startsWith("0");
  const splits = Array.from({ length: digits.length - 5 }, (_, at) => [digits.slice(0, at + 3), digits.slice(at + 3)]);
  return splits.filter((both) => both.every(isNumber)).map(([left, right]) => `${whole[1]}${left}-${right}`);
}
