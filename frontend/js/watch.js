// Watches the fields of one form for what looks private: the warning region, what is announced, and a way back after
// masking. Limit: what the form does is its own matter.
// Relies on: slots `warning`, `warning-template`; `checked`, where there is a line about the check.

import { make, say, slot } from "./page.js";
import { Checker } from "./warn.js";
import { masked, spoken, warn } from "./warning.js";

/** @typedef {import("./mirror.js").Field} Field */

export class Watch {
  /** @type {{ checker: Checker, where: string }[]} */
  fields = [];
  /** The server's warning stands until the text changes: its consent is for this text. */
  server;
  #live = make("p", { class: "vh", "aria-live": "polite" });
  #done = make("div", { "data-slot": "masked" });

  /**
   * @param {HTMLElement} root
   * @param {{ field: Field, where: string }[]} fields  `where` is `in the title`, or empty for the text
   * @param {{ answers: boolean, change?: (any: boolean) => void }} wish  `answers`: the form takes the choices to mask and to ask
   */
  constructor(root, fields, wish) {
    this.root = root;
    this.wish = wish;
    this.server = root.querySelector('[data-slot="warning"] .warn') !== null;
    root.append(this.#live);
    slot(root, "warning")?.after(this.#done);
    for (const { field, where } of fields) {
      /** @type {Checker} */
      const checker = new Checker(field, {
        change: () => this.show(),
        announce: () => this.#announce(),
        masked: (findings) => masked(this.#done, checker, findings),
        ready: (able) =>
          say(root, "checked", able ? "Checked in this browser as you type, and again before it is published." : "This browser cannot check as you type. It is checked before it is published."),
      });
      this.fields.push({ checker, where });
    }
    if (this.server) root.addEventListener("input", () => this.#own(), { once: true });
  }

  /** The text is another one now. */
  #own() {
    this.server = false;
    slot(this.root, "warning")?.replaceChildren();
    this.show();
  }

  show() {
    const place = slot(this.root, "warning");
    const template = slot(this.root, "warning-template");
    if (!place || !(template instanceof HTMLTemplateElement) || this.server) return;
    warn(place, template, this.fields, this.wish.answers);
    for (const { checker } of this.fields) this.#describe(checker);
    this.wish.change?.(this.fields.some(({ checker }) => checker.findings.length > 0));
  }

  /** Ties a field to the warning while something was found in it. @param {Checker} checker */
  #describe({ field, findings }) {
    const others = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== "warning-h");
    const ids = findings.length > 0 ? [...others, "warning-h"] : others;
    if (ids.length > 0) field.setAttribute("aria-describedby", ids.join(" "));
    else field.removeAttribute("aria-describedby");
  }

  #announce() {
    if (!this.server) this.#live.textContent = spoken(this.fields.flatMap(({ checker }) => checker.findings));
  }
}
