// One file on its way to `POST /files`, with its progress. The server's own word is final.
export function sendFile(blob, name, { kind, draft }, { onProgress, onOffline, onAbort, onRefused, onDone }) {
  const xhr = new XMLHttpRequest();
  const query = new URLSearchParams(draft ? { kind, draft } : { kind });
  xhr.open("POST", `/files?${query}`);
  xhr.setRequestHeader("X-Talento", "1");
  xhr.responseType = "json";
  xhr.upload.onprogress = (event) => onProgress(event.lengthComputable ? event.loaded / event.total : 0);
  xhr.onerror = onOffline;
  xhr.onabort = onAbort;
  xhr.onload = () => (xhr.status < 300 ? onDone(xhr.response ?? {}) : onRefused(xhr.response?.detail, xhr.status >= 500));
  const form = new FormData();
  form.append("file", blob, name);
  xhr.send(form);
  return xhr;
}
