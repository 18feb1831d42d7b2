// `<tact-composer data-target>`: a form to write posts with tools, a check while typing, a preview and a kept draft.
// Limit: the form is sent by the browser as it would be without a script; nothing here publishes.
// Relies on: form with `textarea[name=body]`, optional `input[name=title]`, `input[name=nonce]`; slots `tools` (hidden
// until here) with `button[data-md]`, `draft`, `warning`, `warning-template`, `publish`, `checked`; a preview button
// `button[name=choice][value=preview]`; the preview goes into `[data-slot=preview]` outside the warning, made if missing.

import * as drafts from "./draft.js";
import { csrf, debounced, make, say, slot } from "./page.js";
import { format } from "./markdown.js";
import { fragment } from "./trusted.js";
import { Watch } from "./watch.js";

const DRAFT_MS = 500;
/** After that the form may be sent again; its nonce keeps it from being published twice. */
const SENDING_MS = 15_000;
const PREVIEW = 'button[name="choice"][value="preview"]';

class Composer extends HTMLElement {
  #ready = false;
  #sending = false;
  /** @type {Watch | undefined} */
  #watch;

  connectedCallback() {
    const form = this.querySelector("form");
    const area = form?.querySelector('textarea[name="body"]');
    if (this.#ready || !form || !(area instanceof HTMLTextAreaElement)) return;
    this.#ready = true;
    this.form = form;
    this.area = area;
    const title = form.querySelector('input[name="title"]');
    this.titleField = title instanceof HTMLInputElement ? title : null;
    this.#check();
    this.#tools();
    this.#draft();
    form.addEventListener("submit", (event) => this.#submit(event));
    form.addEventListener("click", (event) => this.#click(event));
    form.addEventListener("keydown", (event) => this.#key(event));
    addEventListener("pageshow", (event) => event.persisted && this.#idle());
  }

  /** @returns {HTMLButtonElement | null} */
  get publish() {
    return /** @type {HTMLButtonElement | null} */ (slot(this, "publish"));
  }

  #check() {
    const { area, titleField } = this;
    const text = area ? [{ field: area, where: "" }] : [];
    const title = titleField ? [{ field: titleField, where: "in the title" }] : [];
    this.#watch = new Watch(this, [...text, ...title], {
      answers: true,
      change: (any) => this.publish?.classList.toggle("primary", !any),
    });
  }

  #tools() {
    const tools = slot(this, "tools");
    if (!tools) return;
    tools.hidden = false;
    tools.addEventListener("keydown", (event) => {
      const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      const buttons = [...tools.querySelectorAll("button")];
      const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
      if (step !== 0 && at >= 0) buttons[(at + step + buttons.length) % buttons.length]?.focus();
    });
  }

  #draft() {
    const target = this.dataset["target"];
    const { area, titleField } = this;
    if (!target || !area) return;
    const draft = drafts.read(target);
    const differs = draft && (draft.body !== area.value || (titleField && draft.title !== titleField.value));
    const restore = () => {
      area.value = draft?.body ?? "";
      if (titleField) titleField.value = draft?.title ?? "";
      for (const { checker } of this.#watch?.fields ?? []) checker.typed();
    };
    if (differs && !this.#watch?.server && !area.value && !titleField?.value) {
      restore();
      say(this, "draft", "Your draft, kept on this device");
    } else if (differs && !this.#watch?.server && !this.querySelector("form > .err")) {
      const button = make("button", { class: "ghost", type: "button" }, "Continue your draft");
      button.addEventListener("click", () => {
        restore();
        say(this, "draft", "Your draft, kept on this device");
        area.focus();
      });
      slot(this, "draft")?.replaceChildren(button);
    }
    let changed = false;
    const keep = debounced(DRAFT_MS, () => {
      changed = false;
      const kept = drafts.write(target, area.value, titleField?.value ?? "");
      say(this, "draft", kept ? "Draft kept on this device" : "");
    });
    this.form?.addEventListener("input", () => {
      changed = true;
      keep.soon();
    });
    addEventListener("pagehide", () => {
      if (changed && !this.#sending) keep.now();
    });
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    if (this.#sending) {
      event.preventDefault();
      return;
    }
    const choice = event.submitter instanceof HTMLButtonElement ? event.submitter.value : "";
    if (choice === "preview" || choice === "edit") return;
    this.#sending = true;
    const { area, titleField } = this;
    const nonce = this.form?.querySelector('input[name="nonce"]');
    const target = this.dataset["target"];
    if (target && area) {
      drafts.write(target, area.value, titleField?.value ?? "");
      drafts.sent(target, nonce instanceof HTMLInputElement ? nonce.value : "");
    }
    // Not at once: a disabled button would not be part of what is sent.
    setTimeout(() => this.#buttons(true));
    setTimeout(() => this.#idle(), SENDING_MS);
  }

  #idle() {
    this.#sending = false;
    this.#buttons(false);
  }

  /** @param {boolean} disabled */
  #buttons(disabled) {
    for (const button of this.querySelectorAll('button[type="submit"]')) {
      /** @type {HTMLButtonElement} */ (button).disabled = disabled;
      button.toggleAttribute("aria-busy", disabled);
    }
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (!button || !this.area) return;
    if (button.dataset["md"]) {
      format(this.area, button.dataset["md"]);
    } else if (button.matches(PREVIEW)) {
      event.preventDefault();
      void this.#preview(button);
    } else if (button.dataset["slot"] === "edit") {
      event.preventDefault();
      this.area.focus();
    }
  }

  /** @param {HTMLButtonElement} button */
  async #preview(button) {
    const { area, form } = this;
    if (!area || !form) return;
    button.disabled = true;
    try {
      const response = await fetch("/api/v1/preview", {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": csrf() },
        body: JSON.stringify({ body: area.value }),
      });
      if (!response.ok) throw new Error("no preview");
      const { html } = /** @type {{ html: string }} */ (await response.json());
      const body = make("div", { class: "body" });
      body.append(html ? fragment(html) : make("p", { class: "quiet" }, "There is no text yet."));
      const place = this.#previewPlace();
      place.replaceChildren(body);
      place.hidden = false;
      place.focus({ preventScroll: true });
      place.scrollIntoView({ block: "nearest" });
    } catch {
      // The page that answers without a script says what is wrong.
      button.disabled = false;
      form.requestSubmit(button);
    } finally {
      button.disabled = false;
    }
  }

  /** @returns {HTMLElement} */
  #previewPlace() {
    const there = [...this.querySelectorAll('[data-slot="preview"]')].find((place) => !place.closest(".warn"));
    if (there instanceof HTMLElement) {
      there.tabIndex = -1;
      return there;
    }
    const place = make("article", { class: "preview", "data-slot": "preview", tabindex: "-1", "aria-label": "Preview of your text" });
    this.form?.after(place);
    return place;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const mod = event.ctrlKey || event.metaKey;
    if (!mod || event.isComposing || event.altKey || !this.form) return;
    const formats = /** @type {Record<string, string>} */ ({ b: "bold", i: "italic", k: "link" });
    const what = event.target === this.area ? formats[event.key.toLowerCase()] : undefined;
    if (event.key === "Enter") {
      event.preventDefault();
      this.form.requestSubmit(this.publish);
    } else if (what && this.area) {
      event.preventDefault();
      format(this.area, what);
    }
  }
}

customElements.define("tact-composer", Composer);
