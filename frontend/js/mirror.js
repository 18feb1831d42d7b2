// The marks under what looks private in a field: a copy of its text behind it, letters invisible. Limit: it draws; it
// reads the field and changes nothing in it, so undo and input methods are left alone.
// Relies on: `[data-slot="mirror"]` before the field in the same grid cell (`.ed`, `.over`); marks are `mark.pm`.

import { make } from "./page.js";

/** @typedef {HTMLTextAreaElement | HTMLInputElement} Field */

/** What decides where a letter of the field stands. */
const COPIED = /** @type {const} */ ([
  "direction", "unicodeBidi", "textAlign", "textIndent", "textTransform", "fontFamily", "fontSize", "fontWeight", "fontStyle",
  "fontStretch", "fontKerning", "fontFeatureSettings", "fontVariantLigatures", "fontVariantNumeric", "lineHeight", "letterSpacing",
  "wordSpacing", "wordBreak", "overflowWrap", "lineBreak", "hyphens", "tabSize", "paddingTop", "paddingRight", "paddingBottom", "paddingLeft",
]);

export class Mirror {
  #line;
  #text = "";
  #places = "";

  /**
   * @param {HTMLElement} place
   * @param {Field} field
   */
  constructor(place, field) {
    this.place = place;
    this.field = field;
    this.#line = field instanceof HTMLInputElement;
    const follow = () => this.follow();
    field.addEventListener("scroll", follow);
    // A line scrolls under its caret without an event of its own.
    if (this.#line) for (const name of ["keyup", "pointerup", "select", "blur", "focus"]) field.addEventListener(name, () => requestAnimationFrame(follow));
    new ResizeObserver(follow).observe(field);
  }

  /** @param {{ start: number, end: number }[]} findings  sorted, none over another */
  draw(findings) {
    const text = findings.length === 0 ? "" : this.field.value;
    const places = findings.map(({ start, end }) => `${start} ${end}`).join();
    if (places === this.#places && text === this.#text) return;
    this.#places = places;
    this.#text = text;
    if (findings.length === 0) {
      this.place.replaceChildren();
      return;
    }
    /** @type {(Node | string)[]} */
    const parts = [];
    let at = 0;
    for (const { start, end } of findings) {
      parts.push(text.slice(at, start), make("mark", { class: "pm" }, text.slice(start, end)));
      at = end;
    }
    // A line break at the very end would collapse.
    parts.push(`${text.slice(at)}\u200b`);
    this.place.replaceChildren(...parts);
    this.follow();
  }

  /** Lays the copy exactly behind the text, scrolled as far. */
  follow() {
    const { place, field } = this;
    if (!place.hasChildNodes()) return;
    const { style } = place;
    const from = getComputedStyle(field);
    for (const name of COPIED) style[name] = from[name];
    style.whiteSpace = this.#line ? "pre" : "pre-wrap";
    style.boxSizing = "border-box";
    style.overflow = "hidden";
    style.placeSelf = "start left";
    style.margin = `${field.clientTop}px 0 0 ${field.clientLeft}px`;
    style.width = `${field.clientWidth}px`;
    // Without a height of its own it never makes the cell higher than the field.
    style.height = "0";
    const height = field.clientHeight;
    style.height = `${height}px`;
    if (this.#line) {
      style.lineHeight = `${height}px`;
      style.paddingBlock = "0";
    }
    place.scrollTop = field.scrollTop;
    place.scrollLeft = field.scrollLeft;
  }
}
