// Unpacks the parts of a workbook (.xlsx is a ZIP), with limits: a small file may unpack to gigabytes.
window.tipstat = window.tipstat || {};
window.tipstat.check = window.tipstat.check || {};
(() => {
  "use strict";
  const { check } = window.tipstat;
  const LIMITS = { file: 5_000_000, parts: 2_000, part: 12_000_000, all: 40_000_000 };
  const END = 0x06054b50, ENTRY = 0x02014b50, LOCAL = 0x04034b50;
  const STORED = 0, DEFLATED = 8, ENCRYPTED = 1;

  // A file that cannot be checked: the end of a code `refusal_...`, and what its text has placeholders for.
  check.Refusal = class extends Error {
    constructor(code, parts = {}) {
      super(code);
      Object.assign(this, { code, parts });
    }
  };
  const damaged = (reason) => new check.Refusal("unreadable", { reason });

  const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let found = byte;
    for (let bit = 0; bit < 8; bit += 1) found = found & 1 ? (found >>> 1) ^ 0xedb88320 : found >>> 1;
    return found;
  });
  function checksum(bytes) {
    let found = ~0;
    for (const byte of bytes) found = (found >>> 8) ^ table[(found ^ byte) & 0xff];
    return ~found >>> 0;
  }

  // The bytes of a compressed part; it stops as soon as there are more than the part says it has.
  async function inflated(packed, size) {
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    const reader = stream.getReader();
    const bytes = new Uint8Array(size);
    let length = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (length + value.length > size) {
        reader.cancel();
        throw damaged("size");
      }
      bytes.set(value, length);
      length += value.length;
    }
    if (length !== size) throw damaged("size");
    return bytes;
  }

  // The entries of the directory at the end of the file, by name.
  function directory(view) {
    let at = view.byteLength - 22;
    const last = Math.max(0, at - 65_535);
    while (at >= last && view.getUint32(at, true) !== END) at -= 1;
    if (at < last || at < 0) throw damaged("ZIP");
    const count = view.getUint16(at + 10, true);
    if (count > LIMITS.parts) throw new check.Refusal("too_large");
    let place = view.getUint32(at + 16, true);
    const entries = new Map();
    for (let number = 0; number < count; number += 1) {
      if (view.getUint32(place, true) !== ENTRY) throw damaged("ZIP");
      const [name, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(place + offset, true));
      const entry = {
        flags: view.getUint16(place + 8, true), method: view.getUint16(place + 10, true), checksum: view.getUint32(place + 16, true),
        packed: view.getUint32(place + 20, true), size: view.getUint32(place + 24, true), local: view.getUint32(place + 42, true),
      };
      const text = new TextDecoder().decode(new Uint8Array(view.buffer, place + 46, name));
      if (entries.has(text)) throw damaged(text);
      entries.set(text, entry);
      place += 46 + name + extra + comment;
    }
    return entries;
  }

  async function unpacked(view, name, { flags, method, checksum: known, packed, size, local }) {
    if (flags & ENCRYPTED || ![STORED, DEFLATED].includes(method) || view.getUint32(local, true) !== LOCAL) throw damaged(name);
    if (size > LIMITS.part) throw new check.Refusal("too_large");
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const content = new Uint8Array(view.buffer, start, packed);
    const bytes = method === DEFLATED ? await inflated(content, size) : content;
    if (bytes.length !== size || checksum(bytes) !== known) throw damaged(name);
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  }

  // Whether bytes are those of a ZIP at all.
  check.isZip = (buffer) => buffer.byteLength > 22 && new DataView(buffer).getUint32(0, true) === LOCAL;

  // The names of the parts, and a function that promises the text of one.
  check.unzip = (buffer) => {
    const view = new DataView(buffer);
    const guarded = (name, work) => {
      try {
        return work();
      } catch (error) {
        throw error instanceof check.Refusal ? error : damaged(name);
      }
    };
    const entries = guarded("ZIP", () => directory(view));
    const sizes = [...entries.values()].map(({ size }) => size);
    if (sizes.reduce((sum, size) => sum + size, 0) > LIMITS.all) throw new check.Refusal("too_large");
    const read = (name) => unpacked(view, name, entries.get(name)).catch((error) => guarded(name, () => {
      throw error;
    }));
    return { names: [...entries.keys()], read };
  };
  check.LIMITS = LIMITS;
})();
