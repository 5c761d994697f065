// Passkeys (WebAuthn): the server's options in, the answer of the device out, both as JSON.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const named = (keys) => keys.map((key) => ({ ...key, id: bytes(key.id) }));

// Whether this browser can use passkeys of the site, which are bound to its one address.
export function canUse(origin) {
  return Boolean(origin) && location.origin === origin && Boolean(window.PublicKeyCredential) && Boolean(navigator.credentials?.get);
}

// Whether they can be offered in the list of what a field was filled with before.
export async function canSuggest() {
  return Boolean(await window.PublicKeyCredential.isConditionalMediationAvailable?.());
}

export async function create({ challenge, user, excludeCredentials, ...options }) {
  const publicKey = { ...options, challenge: bytes(challenge), user: { ...user, id: bytes(user.id) }, excludeCredentials: named(excludeCredentials) };
  const key = await navigator.credentials.create({ publicKey });
  const { clientDataJSON, attestationObject } = key.response;
  return sent(key, {
    clientDataJSON: text(clientDataJSON),
    attestationObject: text(attestationObject),
    transports: key.response.getTransports?.() ?? [],
  });
}

export async function get({ challenge, allowCredentials, ...options }, how) {
  const publicKey = { ...options, challenge: bytes(challenge), allowCredentials: named(allowCredentials) };
  const key = await navigator.credentials.get({ publicKey, ...how });
  const { clientDataJSON, authenticatorData, signature, userHandle } = key.response;
  return sent(key, {
    clientDataJSON: text(clientDataJSON),
    authenticatorData: text(authenticatorData),
    signature: text(signature),
    userHandle: userHandle ? text(userHandle) : null,
  });
}

// Which of the sentences says what the device has refused.
export function problemOf(error, texts) {
  if (error.name === "InvalidStateError") return texts.isThere;
  return error.name === "NotAllowedError" || error.name === "AbortError" ? texts.cancelled : texts.unavailable;
}

function sent(key, response) {
  return JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, response });
}
