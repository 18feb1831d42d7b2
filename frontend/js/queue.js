// `<tact-queue>`: the review page by keys. Limit: it presses the page's own links and buttons, and decides nothing.
// Keys: j k next and previous item; m mask, a publish as it is, r return, d remove, i dismiss the flags. Not while typing.
// Relies on: `[data-slot=items] a.qi[aria-current]`, `[data-act=next]`, `button[name=decision][value]`, `#reason`.

import { isField } from "./page.js";

/** @type {Record<string, string>} */
const DECISIONS = { m: "publish_masked", a: "publish", r: "return", d: "remove", i: "dismiss" };
/** Decisions that need a reason. */
const REASONED = new Set(["return", "remove"]);

class Queue extends HTMLElement {
  #pressed = false;
  #stop = new AbortController();

  connectedCallback() {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    document.addEventListener("keydown", (event) => this.#key(event), { signal });
    addEventListener("pageshow", () => (this.#pressed = false), { signal });
    for (const [key, value] of Object.entries(DECISIONS)) this.#button(value)?.setAttribute("aria-keyshortcuts", key);
    this.querySelector("a[aria-current=true]")?.scrollIntoView({ block: "nearest" });
    this.#focus();
  }

  disconnectedCallback() {
    this.#stop.abort();
  }

  /** After a decision the next item has the focus; the notice above the list says what happened. */
  #focus() {
    if (document.activeElement !== document.body || location.hash) return;
    const alert = document.querySelector('.case [role="alert"]');
    const notice = this.querySelector('[role="status"]');
    if (alert instanceof HTMLElement) {
      alert.tabIndex = -1;
      alert.focus();
    } else if (notice) {
      const heading = document.querySelector(".case h1");
      if (heading instanceof HTMLElement) heading.tabIndex = -1;
      const next = heading ?? this.#links()[0] ?? document.getElementById("main");
      if (next instanceof HTMLElement) next.focus();
    }
  }

  /** @returns {HTMLAnchorElement[]} */
  #links() {
    return /** @type {HTMLAnchorElement[]} */ ([...this.querySelectorAll('[data-slot="items"] a.qi')]);
  }

  /** @param {string} value @returns {HTMLButtonElement | null} */
  #button(value) {
    return document.querySelector(`button[name="decision"][value="${value}"]`);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing || isField(event.target)) return;
    const decision = DECISIONS[event.key];
    if (event.key === "j" || event.key === "k") {
      event.preventDefault();
      this.#move(event.key === "j" ? 1 : -1);
    } else if (decision) {
      this.#decide(decision, event);
    }
  }

  /** @param {number} step */
  #move(step) {
    const links = this.#links();
    const open = links.findIndex((link) => link.getAttribute("aria-current") === "true");
    if (open >= 0) {
      const next = links[open + step] ?? (step > 0 ? document.querySelector('a[data-act="next"]') : null);
      if (next instanceof HTMLAnchorElement) next.click();
      return;
    }
    const at = links.findIndex((link) => link === document.activeElement);
    const place = at < 0 ? (step > 0 ? 0 : links.length - 1) : at + step;
    links[place]?.focus();
  }

  /** @param {string} decision @param {KeyboardEvent} event */
  #decide(decision, event) {
    const button = this.#button(decision);
    if (!button || button.disabled || this.#pressed) return;
    event.preventDefault();
    const reason = document.getElementById("reason");
    if (REASONED.has(decision) && reason instanceof HTMLSelectElement && reason.value === "") {
      reason.focus();
      return;
    }
    this.#pressed = true;
    button.click();
  }
}

customElements.define("tact-queue", Queue);
