// What a desk keeps on the device, so that neither a reload nor a dead battery loses it: an IndexedDB in which every value
// is sealed (AES-GCM) under a key that the browser uses and never shows. Without a secure address there is no such key: then
// nothing is written, and `isDurable` says so.
const NAME = "talento-desk";
const PARTS = ["keys", "kept", "queue"];

let opening;

export function openStore() {
  opening ??= open().catch(() => new Memory());
  return opening;
}

async function open() {
  if (!crypto.subtle) throw new Error("this address is not secure");
  const database = await settled(Object.assign(indexedDB.open(NAME, 1), {
    onupgradeneeded: ({ target }) => PARTS.forEach((part) => target.result.createObjectStore(part)),
  }));
  database.onversionchange = () => {
    database.close();
    opening = undefined;
  };
  return new Store(database, await keyOf(database));
}

// The first tab makes the key; a second one that was as quick finds it made.
async function keyOf(database) {
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const keys = database.transaction("keys", "readwrite").objectStore("keys");
  const found = await settled(keys.get("key"));
  if (!found) await settled(keys.put(made, "key"));
  return found ?? made;
}

class Store {
  isDurable = true;

  constructor(database, key) {
    this.database = database;
    this.key = key;
  }

  async get(name) {
    return this.unseal(await settled(this.part("kept").get(await hidden(name))));
  }

  async put(name, value) {
    await this.write("kept", await hidden(name), value);
  }

  async remove(...names) {
    const keys = await Promise.all(names.map(hidden));
    await this.change("kept", (part) => keys.forEach((key) => part.delete(key)));
  }

  async forget() {
    await this.change("kept", (part) => part.clear());
  }

  // On the disk when this resolves.
  async enqueue(scan) {
    await this.write("queue", scan.client_id, scan);
  }

  async dequeue(ids) {
    await this.change("queue", (part) => ids.forEach((id) => part.delete(id)));
  }

  async queued() {
    const sealed = await settled(this.part("queue").getAll());
    return (await Promise.all(sealed.map((one) => this.unseal(one)))).filter(Boolean);
  }

  async wipe() {
    await this.change("kept", (part) => part.clear());
    await this.change("queue", (part) => part.clear());
    await this.change("keys", (part) => part.clear());
    this.database.close();
    opening = undefined;
    await settled(indexedDB.deleteDatabase(NAME));
  }

  part(name) {
    return this.database.transaction(name).objectStore(name);
  }

  async write(name, key, value) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = value instanceof ArrayBuffer ? value : new TextEncoder().encode(JSON.stringify(value));
    const text = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.key, plain);
    await this.change(name, (part) => part.put({ iv, text, isBytes: value instanceof ArrayBuffer }, key));
  }

  // What can't be opened any more counts as not there.
  async unseal(sealed) {
    if (!sealed) return undefined;
    try {
      const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, this.key, sealed.text);
      return sealed.isBytes ? plain : JSON.parse(new TextDecoder().decode(plain));
    } catch {
      return undefined;
    }
  }

  change(name, work) {
    return new Promise((resolve, reject) => {
      const transaction = this.database.transaction(name, "readwrite", { durability: "strict" });
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
      work(transaction.objectStore(name));
    });
  }
}

// The same for as long as the page lives.
class Memory {
  isDurable = false;
  kept = new Map();
  queue = new Map();

  get = async (name) => this.kept.get(name);
  put = async (name, value) => void this.kept.set(name, value);
  remove = async (...names) => names.forEach((name) => this.kept.delete(name));
  forget = async () => this.kept.clear();
  enqueue = async (scan) => void this.queue.set(scan.client_id, scan);
  dequeue = async (ids) => ids.forEach((id) => this.queue.delete(id));
  queued = async () => [...this.queue.values()];
  wipe = async () => [this.kept, this.queue].forEach((one) => one.clear());
}

// Names hold project codes, so that they are not written in the clear either.
async function hidden(name) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(name));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
