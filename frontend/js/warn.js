// Looks through a text while it is typed, marks what looks private, and masks on request. Limit: it runs in this browser
// and sends nothing; the server's own scan decides. Shows marks only; `warning.js` and the room's tip show the rest.
// Relies on: `.ed` with `textarea` and `[data-slot="mirror"]` before it, same font and padding; marks are `mark.pm`.

import { replace } from "./edit.js";
import { debounced, make, slot } from "./page.js";
import { detector } from "./trusted.js";

/** @typedef {import("./pii.js").Finding} Finding */
/** @typedef {HTMLTextAreaElement | HTMLInputElement} Field */

const TYPING_MS = 150;
/** So long of quiet before a change in number is announced. */
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
 * Findings of an earlier text that still stand where the text around the change is the same, so that marks do not flicker.
 * @param {string} before
 * @param {string} after
 * @param {Finding[]} findings
 * @returns {Finding[]}
 */
function carried(before, after, findings) {
  const least = Math.min(before.length, after.length);
  let head = 0;
  while (head < least && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < least - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const shift = after.length - before.length;
  const from = before.length - tail;
  return findings.flatMap((finding) => {
    if (finding.end <= head) return [finding];
    return finding.start >= from ? [{ ...finding, start: finding.start + shift, end: finding.end + shift }] : [];
  });
}

/**
 * What a checker tells its owner.
 * @typedef {object} Told
 * @property {(findings: Finding[]) => void} change  the findings are others now
 * @property {(number: number) => void} [announce]  their number changed and typing paused
 * @property {(able: boolean) => void} [ready]  once: whether this browser can check
 */

/** Checks one field from its first focus on. */
export class Checker {
  /** Likely and certain findings of the present text. @type {Finding[]} */
  findings = [];
  #started = false;
  #able = false;
  #text = "";
  #announced = 0;

  /**
   * @param {Field} field
   * @param {Told} told
   */
  constructor(field, told) {
    this.field = field;
    this.told = told;
    const editor = field.closest(".ed");
    this.mirror = editor && field instanceof HTMLTextAreaElement ? slot(editor, "mirror") : null;
    this.scan = debounced(TYPING_MS, () => void this.#scan());
    this.quiet = debounced(QUIET_MS, () => this.#announce());
    field.addEventListener("input", () => this.typed());
    field.addEventListener("scroll", () => this.#follow());
    field.addEventListener("focus", () => this.start(), { once: true });
    if (document.activeElement === field) this.start();
    else this.#fit();
  }

  /** Loads the detector and checks what is there. */
  start() {
    if (this.#started) return;
    this.#started = true;
    if (this.mirror) new ResizeObserver(() => this.#follow()).observe(this.field);
    void this.#scan();
  }

  /** The text changed, by hand or by a script. */
  typed() {
    const text = this.field.value;
    const kept = carried(this.#text, text, this.findings);
    this.#text = text;
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
    this.#show(found.filter(({ level }) => level !== "possible"));
  }

  /** @param {boolean} able */
  #ready(able) {
    if (this.#able) return;
    this.#able = able;
    this.told.ready?.(able);
  }

  /** @param {Finding[]} findings */
  #show(findings) {
    const same =
      findings.length === this.findings.length &&
      findings.every((finding, place) => {
        const other = this.findings[place];
        return other?.start === finding.start && other.end === finding.end && other.rule === finding.rule;
      });
    this.findings = findings;
    this.#mark();
    if (!same) this.told.change(findings);
    if (findings.length !== this.#announced) this.quiet.soon();
    else this.quiet.stop();
  }

  #announce() {
    this.#announced = this.findings.length;
    this.told.announce?.(this.#announced);
  }

  #mark() {
    if (!this.mirror) return;
    if (this.findings.length === 0) {
      this.mirror.replaceChildren();
      return;
    }
    const text = this.field.value;
    /** @type {(Node | string)[]} */
    const parts = [];
    let at = 0;
    for (const { start, end } of this.findings) {
      parts.push(text.slice(at, start), make("mark", { class: "pm" }, text.slice(start, end)));
      at = end;
    }
    // A line break at the very end would collapse.
    parts.push(`${text.slice(at)}\u200b`);
    this.mirror.replaceChildren(...parts);
    this.#follow();
  }

  /** Lays the mirror exactly behind the text, scrolled as far. */
  #follow() {
    if (!this.mirror || !this.mirror.hasChildNodes()) return;
    const { style } = this.mirror;
    style.overflow = "hidden";
    style.alignSelf = "start";
    style.blockSize = "0";
    style.inlineSize = `${this.field.clientWidth}px`;
    style.blockSize = `${this.field.clientHeight}px`;
    this.mirror.scrollTop = this.field.scrollTop;
  }

  /** Grows the field with its text where the style sheet cannot. */
  #fit() {
    if (!this.mirror || CSS.supports("field-sizing", "content")) return;
    this.field.style.blockSize = "auto";
    this.field.style.blockSize = `${this.field.scrollHeight}px`;
  }

  /** The text with every finding masked. @returns {string} */
  masked() {
    const text = this.field.value;
    return this.findings.reduceRight((out, { start, end, token }) => out.slice(0, start) + token + out.slice(end), text);
  }

  /** Puts the token in the place of one finding. @param {Finding} finding */
  mask(finding) {
    if (this.findings.includes(finding)) replace(this.field, finding.start, finding.end, finding.token);
  }

  /** Selects a finding in the field. @param {{ start: number, end: number } | undefined} finding */
  select(finding) {
    this.field.focus();
    if (finding && finding.end > finding.start) this.field.setSelectionRange(finding.start, finding.end);
  }
}
