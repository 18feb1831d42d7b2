// Loads the detector and scans text with it, in a page or in a worker. Limit: it finds; it shows and sends nothing.

/**
 * One place of a text that looks private.
 * @typedef {object} Finding
 * @property {string} rule  stable key: `email`, `card`, `ssn`
 * @property {number} start  first UTF-16 code unit
 * @property {number} end  first UTF-16 code unit after the value
 * @property {string} level  `possible`, `likely` or `certain`; act on the last two
 * @property {string} label  the rule's name for people
 * @property {string} token  what a masked value becomes in the text
 * @property {string} why  the reason in words
 * @property {string} hint  the value masked, to recognise it by
 */

/**
 * A loaded detector.
 * @typedef {object} Detector
 * @property {(text: string) => Finding[]} scan  finds everything, sorted by start, never overlapping
 * @property {number} version  the detector's version
 */

/**
 * What the module exports; see `frontend/pii/src/lib.rs`.
 * @typedef {object} Exports
 * @property {WebAssembly.Memory} memory
 * @property {(length: number) => number} tact_pii_reserve
 * @property {() => number} tact_pii_scan
 * @property {() => number} tact_pii_names
 * @property {() => number} tact_pii_output
 * @property {() => number} tact_pii_version
 */

const NUMBERS_PER_FINDING = 6;

/**
 * Loads the module from an address, or from its bytes.
 * @param {string | URL | BufferSource} source
 * @returns {Promise<Detector>}
 */
export async function load(source) {
  const instance = await instantiate(source);
  const exports = /** @type {Exports} */ (/** @type {unknown} */ (instance.exports));
  const names = readNames(exports);
  return {
    version: exports.tact_pii_version(),
    scan: (text) => scan(exports, names, text),
  };
}

/**
 * @param {string | URL | BufferSource} source
 * @returns {Promise<WebAssembly.Instance>}
 */
async function instantiate(source) {
  if (typeof source !== "string" && !(source instanceof URL)) {
    return (await WebAssembly.instantiate(source)).instance;
  }
  const response = await fetch(source);
  if (!response.ok) {
    throw new Error(`the detector could not be loaded: ${response.status}`);
  }
  return (await WebAssembly.instantiate(await response.arrayBuffer())).instance;
}

/**
 * @typedef {object} Names
 * @property {{ key: string, label: string, token: string }[]} rules
 * @property {string[]} levels
 * @property {string[]} whys
 */

/**
 * @param {Exports} exports
 * @returns {Names}
 */
function readNames(exports) {
  /** @type {Names} */
  const names = { rules: [], levels: [], whys: [] };
  for (const line of new TextDecoder().decode(output(exports, exports.tact_pii_names())).split("\n")) {
    const [kind, key = "", first = "", second = ""] = line.split("\t");
    if (kind === "rule") names.rules.push({ key, label: first, token: second });
    if (kind === "level") names.levels.push(key);
    if (kind === "why") names.whys.push(first);
  }
  return names;
}

/**
 * @param {Exports} exports
 * @param {Names} names
 * @param {string} text
 * @returns {Finding[]}
 */
function scan(exports, names, text) {
  // An unpaired surrogate becomes U+FFFD, which is one code unit long as well, so that places stay right.
  const bytes = new TextEncoder().encode(text);
  const at = exports.tact_pii_reserve(bytes.length);
  new Uint8Array(exports.memory.buffer, at, bytes.length).set(bytes);
  const length = exports.tact_pii_scan();
  return unpack(output(exports, length), names);
}

/**
 * A copy of the module's output; the memory below may move with the next call.
 * @param {Exports} exports
 * @param {number} length
 * @returns {Uint8Array}
 */
function output(exports, length) {
  return new Uint8Array(exports.memory.buffer, exports.tact_pii_output(), length).slice();
}

/**
 * @param {Uint8Array} packed
 * @param {Names} names
 * @returns {Finding[]}
 */
function unpack(packed, names) {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const decoder = new TextDecoder();
  const count = view.getUint32(0, true);
  /** @type {Finding[]} */
  const findings = [];
  let at = 4;
  for (let index = 0; index < count; index += 1) {
    const [start = 0, end = 0, rule = 0, level = 0, why = 0, length = 0] = Array.from(
      { length: NUMBERS_PER_FINDING },
      (_, place) => view.getUint32(at + place * 4, true),
    );
    at += NUMBERS_PER_FINDING * 4;
    const hint = decoder.decode(packed.subarray(at, at + length));
    at += length;
    const { key, label, token } = names.rules[rule] ?? { key: "", label: "", token: "" };
    findings.push({
      rule: key,
      start,
      end,
      level: names.levels[level] ?? "",
      label,
      token,
      why: names.whys[why] ?? "",
      hint,
    });
  }
  return findings;
}
