// The tip above a room's line: what looks private, and the ways on. Limit: it shows and asks; the composer sends.
// Relies on: `fieldset[data-slot=tip]` (hidden disabled) with `tip-kind`, `tip-findings`, `tip-kinds`, submit buttons `choice` = `mask`, `ask`, and
// `data-act` = `tip-edit`, `tip-more`. The acknowledgement is added to it when the server gives a consent.

import { make, say, slot } from "./page.js";
import { heading, kinds, lines } from "./warning.js";

/** @typedef {import("./protocol.d.ts").Warning} Warning */
/** @typedef {NonNullable<import("./protocol.d.ts").Consent["reason"]>} Reason */

/** Why it is fine to send it as it is. @type {Record<Reason, string>} */
const REASONS = {
  mine: "It is mine, others may read it",
  public: "It is a public address or number",
  example: "It is made up, an example",
  not_private: "It is not private data",
};

export class Tip {
  /** The server's last warning, while its text is in the line. @type {Warning | null} */
  warning = null;
  /** The box of the acknowledgement. @type {HTMLElement | null} */
  #anyway = null;

  /**
   * @param {HTMLElement} form
   * @param {{ edit: () => void, more: () => void, anyway: (reason: Reason) => void, leave: () => void }} acts
   */
  constructor(form, acts) {
    this.acts = acts;
    this.box = slot(form, "tip");
    this.box?.querySelector('[data-act="tip-edit"]')?.addEventListener("click", acts.edit);
    this.box?.querySelector('[data-act="tip-more"]')?.addEventListener("click", acts.more);
  }

  /** @returns {boolean} */
  get open() {
    return this.box !== null && !this.box.hidden;
  }

  /** The button that Enter presses while the tip is open. @returns {HTMLButtonElement | null} */
  get masking() {
    const button = this.#choice("mask");
    return this.open && button && !button.hidden ? button : null;
  }

  /** @param {string} value @returns {HTMLButtonElement | null} */
  #choice(value) {
    return this.box?.querySelector(`button[name="choice"][value="${value}"]`) ?? null;
  }

  /** What this browser found. @param {import("./warn.js").Checker} checker */
  found(checker) {
    if (this.warning) return;
    const found = checker.findings.map((finding) => ({ checker, where: "", finding }));
    if (found.length === 0) {
      this.close();
      return;
    }
    this.#list(lines(found), kinds(found));
    this.#show(`${heading(checker.findings)}.`, true, true, true);
  }

  /** @param {HTMLElement[]} items @param {HTMLElement[]} together */
  #list(items, together) {
    if (!this.box) return;
    slot(this.box, "tip-findings")?.replaceChildren(...items);
    slot(this.box, "tip-kinds")?.replaceChildren(...together);
  }

  /** What the server found. @param {Warning} warning */
  refused(warning) {
    this.close();
    this.warning = warning;
    const what = `${heading(warning.findings)}.`;
    const why = warning.consent ? what : `${what} It cannot be sent as it is.`;
    const item = (/** @type {{ label: string, why: string }} */ one) => make("li", {}, make("span", { class: "wk" }, one.label), make("span", { class: "wv" }, make("span", { class: "why" }, one.why)));
    this.#list(warning.findings.map(item), []);
    this.#show(why, warning.can_mask, warning.can_ask, Boolean(warning.consent));
  }

  /** @param {string} kind @param {boolean} mask @param {boolean} ask @param {boolean} more */
  #show(kind, mask, ask, more) {
    if (!this.box) return;
    say(this.box, "tip-kind", kind);
    const ways = { mask: this.#choice("mask"), ask: this.#choice("ask") };
    if (ways.mask) ways.mask.hidden = !mask;
    if (ways.ask) ways.ask.hidden = !ask;
    const button = this.box.querySelector('[data-act="tip-more"]');
    if (button instanceof HTMLElement) button.hidden = !more;
    this.box.hidden = false;
    /** @type {HTMLFieldSetElement} */ (this.box).disabled = false;
  }

  /** Asks to tick before it is sent as it is. */
  ask() {
    if (this.#anyway || !this.box || !this.warning?.consent) return;
    const box = make("input", { type: "checkbox" });
    const words = make("span", {}, "Send it anyway. I understand others can read it, and that my choice is recorded.");
    const options = Object.entries(REASONS).map(([value, text]) => make("option", { value }, text));
    const why = make("select", { class: "input sm" }, ...options);
    const button = make("button", { class: "btn small", type: "button" }, "Send anyway");
    button.disabled = true;
    box.addEventListener("change", () => (button.disabled = !box.checked));
    button.addEventListener("click", () => this.acts.anyway(/** @type {Reason} */ (why.value)));
    const whyok = make("label", { class: "whyok" }, make("span", {}, "Why it is fine"), why);
    this.#anyway = make("div", { class: "anyway" }, make("label", { class: "check" }, box, words), whyok, button);
    this.box.append(this.#anyway);
    box.focus();
  }

  close() {
    this.warning = null;
    this.#anyway?.remove();
    this.#anyway = null;
    if (!this.box) return;
    if (this.box.contains(document.activeElement)) this.acts.leave();
    this.box.hidden = true;
    /** @type {HTMLFieldSetElement} */ (this.box).disabled = true;
  }
}
