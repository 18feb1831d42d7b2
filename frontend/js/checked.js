// `<tact-checked>`: a plain form whose public fields are watched while one types. Limit: the form works as it would
// without a script. Relies on: `[data-check]` on those fields, its value `in the title` or empty for the longest text;
// `data-refuses` where the form takes no answer to a warning; and what watch.js relies on.

import { Watch } from "./watch.js";

class Checked extends HTMLElement {
  #ready = false;

  connectedCallback() {
    if (this.#ready) return;
    this.#ready = true;
    const fields = [...this.querySelectorAll("[data-check]")].flatMap((field) =>
      field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? [{ field, where: field.dataset["check"] ?? "" }] : [],
    );
    new Watch(this, fields, { answers: !this.hasAttribute("data-refuses") });
  }
}

customElements.define("tact-checked", Checked);
