// Keeps the page of a paired tablet, so that it opens without a network. Nothing else is kept: no other page, no data.
const BUILD = { version: "", files: [] }; // written by the build
const SHELL = `talento-shell-${BUILD.version}`;
const PAGE = "/tablet";
const PATIENCE = 4000;

self.addEventListener("install", (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(clean().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate" && pathname.replace(/\/$/, "") === PAGE) event.respondWith(page(request));
  else if (BUILD.files.includes(pathname)) event.respondWith(file(request));
});

async function fill() {
  const shell = await caches.open(SHELL);
  await shell.addAll([PAGE, ...BUILD.files].map((path) => new Request(path, { cache: "no-cache" })));
}

async function clean() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("talento-") && name !== SHELL).map((name) => caches.delete(name)));
}

// The newest page where the network gives one in time, else the one that was kept.
async function page(request) {
  try {
    const fresh = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    if (fresh.ok || fresh.type === "opaqueredirect" || fresh.status < 500) return fresh;
  } catch {
    // the kept page answers
  }
  return (await caches.match(PAGE, { ignoreVary: true })) ?? Response.error();
}

async function file(request) {
  return (await caches.match(request, { ignoreSearch: true, ignoreVary: true })) ?? fetch(request);
}
