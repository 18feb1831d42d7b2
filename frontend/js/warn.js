// Looks through a text while it is typed, marks what looks private, and masks on request. Limit: it runs in this browser
// and sends nothing; the server's own scan decides. The whole text is scanned each time: 64 KB take the worker a few
// milliseconds. Marks are `mirror.js`; `warning.js` and the room's tip show the rest.

import { replace } from "./edit.js";
import { Mirror } from "./mirror.js";
import { debounced } from "./page.js";
import { detector } from "./trusted.js";

/** @typedef {import("./pii.js").Finding} Finding */
/** @typedef {import("./mirror.js").Field} Field */

const TYPING_MS = 150;
/** So long of quiet before what is new is announced. */
const QUIET_MS = 700;

/** The page's one detector. Answers nothing where it cannot run. */
class Scanner {
  #worker = detector();
  /** @type {Map<number, (findings: Finding[] | null) => void>} */
  #asked = new Map();
  #id = 0;
  #broken = false;

  constructor() {
    this.#worker.addEventListener("message", (/** @type {MessageEvent<{ id: number, findings?: Finding[] }>} */ event) => {
      this.#asked.get(event.data.id)?.(event.data.findings ?? null);
      this.#asked.delete(event.data.id);
    });
    this.#worker.addEventListener("error", () => {
      this.#broken = true;
      for (const tell of this.#asked.values()) tell(null);
      this.#asked.clear();
    });
  }

  /** @param {string} text @returns {Promise<Finding[] | null>} */
  scan(text) {
    if (this.#broken) return Promise.resolve(null);
    this.#id += 1;
    const id = this.#id;
    return new Promise((tell) => {
      this.#asked.set(id, tell);
      this.#worker.postMessage({ id, text });
    });
  }
}

/** @type {Scanner | null | undefined} */
let scanner;

/** @returns {Scanner | null} */
function shared() {
  if (scanner === undefined) {
    try {
      scanner = new Scanner();
    } catch {
      scanner = null;
    }
  }
  return scanner;
}

/**
 * Where a text changed: `head` characters before stand, the rest from `from` on moved by `shift`.
 * @param {string} before
 * @param {string} after
 */
function changed(before, after) {
  const least = Math.min(before.length, after.length);
  let head = 0;
  while (head < least && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < least - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  return { head, from: before.length - tail, shift: after.length - before.length };
}

/**
 * The rules that the place of a field asks about: `data-asks` around it, or of the board that is chosen. Without it, all.
 * @param {Field} field
 * @returns {Set<string> | null}
 */
function asked(field) {
  const chosen = field.form?.querySelector("option[data-asks]:checked");
  const place = chosen ?? field.closest("[data-asks]");
  return place instanceof HTMLElement ? new Set((place.dataset["asks"] ?? "").split(" ")) : null;
}

/**
 * What a checker tells its owner.
 * @typedef {object} Told
 * @property {(findings: Finding[]) => void} change  the findings are others now
 * @property {() => void} [announce]  there is a new one, or fewer, and typing paused
 * @property {(able: boolean) => void} [ready]  once: whether this browser can check
 * @property {(findings: Finding[]) => void} [masked]  these were masked in the field
 */

/** Checks one field from its first focus on. */
export class Checker {
  /** Likely and certain findings of the present text that the place asks about. @type {Finding[]} */
  findings = [];
  #started = false;
  #able = false;
  #text = "";
  /** What was announced, where it stands now. @type {{ rule: string, start: number, end: number }[]} */
  #announced = [];
  /** @type {Mirror | null} */
  #mirror = null;

  /**
   * @param {Field} field
   * @param {Told} told
   */
  constructor(field, told) {
    this.field = field;
    this.told = told;
    const place = field.previousElementSibling;
    if (place instanceof HTMLElement && place.dataset["slot"] === "mirror") this.#mirror = new Mirror(place, field);
    this.scan = debounced(TYPING_MS, () => void this.#scan());
    this.quiet = debounced(QUIET_MS, () => this.#announce());
    field.addEventListener("input", () => this.typed());
    field.addEventListener("focus", () => this.start(), { once: true });
    field.form?.addEventListener("change", (event) => event.target instanceof HTMLSelectElement && this.#started && void this.#scan());
    if (document.activeElement === field) this.start();
    else this.#fit();
  }

  /** Loads the detector and checks what is there. */
  start() {
    if (this.#started) return;
    this.#started = true;
    void this.#scan();
  }

  /** The text changed, by hand or by a script. */
  typed() {
    const text = this.field.value;
    const { head, from, shift } = changed(this.#text, text);
    this.#text = text;
    // What the change does not touch still stands, so that marks do not flicker; moved in place, so that the buttons that
    // were made for it still mean it.
    const kept = this.findings.filter(({ start, end }) => end <= head || start >= from);
    for (const finding of kept) {
      if (finding.end <= head) continue;
      finding.start += shift;
      finding.end += shift;
    }
    this.#announced = this.#announced.map(({ rule, start, end }) =>
      start >= from ? { rule, start: start + shift, end: end + shift } : { rule, start: Math.min(start, head), end: end < head ? end : Math.max(head, end + shift) },
    );
    this.#fit();
    this.#show(kept);
    if (this.#started) this.scan.soon();
  }

  async #scan() {
    const text = this.field.value;
    const found = await (shared()?.scan(text) ?? null);
    this.#ready(found !== null);
    if (found === null || text !== this.field.value) return;
    this.#text = text;
    const asks = asked(this.field);
    const speaks = (/** @type {Finding} */ { rule, level }) => !asks || asks.has(rule) || (level === "certain" && asks.has(`${rule}:certain`));
    this.#show(found.filter((finding) => finding.level !== "possible" && speaks(finding)), true);
  }

  /** @param {boolean} able */
  #ready(able) {
    if (this.#able) return;
    this.#able = able;
    this.told.ready?.(able);
  }

  /** @param {Finding[]} findings @param {boolean} [fresh]  of a new look: whoever holds the ones before gets these */
  #show(findings, fresh = false) {
    const same =
      findings.length === this.findings.length &&
      findings.every((finding, place) => {
        const other = this.findings[place];
        return other?.start === finding.start && other.end === finding.end && other.rule === finding.rule;
      });
    this.findings = findings;
    this.#mirror?.draw(findings);
    if (!same || (fresh && findings.length > 0)) this.told.change(findings);
    if (this.#news()) this.quiet.soon();
    else this.quiet.stop();
  }

  /** Whether there is a finding nobody was told of, or another number of them. */
  #news() {
    const known = (/** @type {Finding} */ { rule, start, end }) => this.#announced.some((one) => one.rule === rule && one.start <= end && one.end >= start);
    return this.findings.length !== this.#announced.length || !this.findings.every(known);
  }

  #announce() {
    this.#announced = this.findings.map(({ rule, start, end }) => ({ rule, start, end }));
    this.told.announce?.();
  }

  /** Grows the field with its text where the style sheet cannot. */
  #fit() {
    if (!this.#mirror || this.field instanceof HTMLInputElement || CSS.supports("field-sizing", "content")) return;
    this.field.style.blockSize = "auto";
    this.field.style.blockSize = `${this.field.scrollHeight}px`;
  }

  /** The text with every finding masked. @returns {string} */
  masked() {
    const text = this.field.value;
    return this.findings.reduceRight((out, { start, end, token }) => out.slice(0, start) + token + out.slice(end), text);
  }

  /** Puts tokens in the place of findings, in one step that undo takes back. @param {Finding[]} wanted */
  mask(wanted) {
    const findings = this.findings.filter((finding) => wanted.includes(finding));
    const [first] = findings;
    const last = findings.at(-1);
    if (!first || !last) return;
    const text = this.field.value;
    let out = "";
    let at = first.start;
    for (const { start, end, token } of findings) {
      out += text.slice(at, start) + token;
      at = end;
    }
    replace(this.field, first.start, last.end, out);
    this.told.masked?.(findings);
  }

  /** Takes back what was done last in the field. */
  undo() {
    this.field.focus();
    document.execCommand("undo");
  }

  /** Selects a finding in the field. @param {{ start: number, end: number } | undefined} finding */
  select(finding) {
    this.field.focus();
    if (finding && finding.end > finding.start) this.field.setSelectionRange(finding.start, finding.end);
  }
}
