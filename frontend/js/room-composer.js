// The line where one writes in a room: keys, answering, editing, the check, and the way of a message until it is stored.
// Limit: it makes one draft at a time and hands it over; pending lines are the stream's. Enter sends (masked while the
// tip is open), Shift+Enter breaks the line, Escape leaves an answer or an edit, Up in an empty line edits the last one.
// Relies on: `form[data-slot=composer]` with `body`, `nonce`, `tip` (room-tip.js), `checked`; `.cbox`; an answer is
// `.cre[data-slot=replying]` with `input[name=reply_to]`, made here in the server's shape.

import * as drafts from "./draft.js";
import { Refused } from "./live.js";
import { debounced, icon, make, nonce, say, slot } from "./page.js";
import { Tip } from "./room-tip.js";
import { Checker } from "./warn.js";
import { spoken } from "./warning.js";

/** @typedef {import("./protocol.d.ts").Ok} Ok */
/** @typedef {import("./protocol.d.ts").Entry} Entry */
/** @typedef {import("./protocol.d.ts").Consent} Consent */

/** @typedef {{ id: number, author: string, excerpt: string }} Answers  the message that is answered */

/**
 * One message on its way.
 * @typedef {object} Draft
 * @property {string} body
 * @property {string} shown  the same, masked as far as this browser can
 * @property {string} nonce
 * @property {Answers | undefined} answers
 * @property {{ id: number, revision: number } | undefined} edit
 * @property {"mask" | "ask" | undefined} choice
 * @property {Consent | undefined} consent
 */

/**
 * @typedef {object} Hooks
 * @property {(draft: Draft) => void} send  hands a draft over
 * @property {() => boolean} able  whether there is a socket to send by; otherwise the form goes as it is
 * @property {() => void} editLast
 * @property {(any: boolean) => void} typed
 * @property {(text: string) => void} announce
 */

const DRAFT_MS = 500;

export class Composer {
  #nonce = nonce();
  /** @type {Answers | undefined} */
  #answers;
  /** @type {{ id: number, revision: number } | undefined} */
  #edit;
  /** Text that an edit or an answer to a warning pushed aside. */
  #aside = "";
  #wantsAnyway = false;

  /**
   * @param {HTMLFormElement} form
   * @param {HTMLTextAreaElement} area
   * @param {string} target  name of the kept draft
   * @param {Hooks} hooks
   */
  constructor(form, area, target, hooks) {
    this.form = form;
    this.area = area;
    this.target = target;
    this.hooks = hooks;
    this.tip = new Tip(form, { edit: () => this.#toFinding(), more: () => this.#asItIs(), anyway: (reason) => this.#anyway(reason) });
    this.checker = new Checker(area, {
      change: (findings) => this.tip.found(findings),
      announce: () => hooks.announce(spoken(this.checker.findings)),
      ready: (able) => say(form, "checked", able ? "Checked in this browser as you type" : "Checked before it is sent"),
    });
    this.keep = debounced(DRAFT_MS, () => this.#edit || drafts.write(target, area.value, area.value ? this.#nonce : ""));
    form.addEventListener("submit", (event) => this.#submit(event));
    form.addEventListener("click", (event) => this.#click(event));
    area.addEventListener("keydown", (event) => this.#key(event));
    area.addEventListener("input", () => this.#input());
    const given = form.querySelector('input[name="reply_to"]');
    if (given instanceof HTMLInputElement) {
      const [author = "", excerpt = ""] = [...(given.parentElement?.querySelectorAll("bdi") ?? [])].map((part) => part.textContent ?? "");
      this.#answers = { id: Number(given.value), author, excerpt };
    }
    const kept = drafts.read(target);
    if (kept && !area.value) {
      this.#set(kept.body);
      // It may have been stored without an answer; the same name keeps it from being stored twice.
      if (kept.title) this.#nonce = kept.title;
    }
  }

  #input() {
    if (this.tip.warning) {
      this.tip.close();
      this.tip.found(this.checker.findings);
    }
    // The server's warning was about the text before.
    this.form.querySelector(":scope > .warn")?.remove();
    this.#wantsAnyway = false;
    this.keep.soon();
    if (!this.#edit) this.hooks.typed(this.area.value.trim() !== "");
  }

  /** @param {string} text */
  #set(text) {
    this.area.value = text;
    this.checker.typed();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (this.area.value.trim()) this.form.requestSubmit(this.tip.masking);
    } else if (event.key === "Escape" && (this.#edit || this.#answers)) {
      event.preventDefault();
      this.leave();
    } else if (event.key === "ArrowUp" && this.area.value === "" && !this.#edit) {
      event.preventDefault();
      this.hooks.editLast();
    }
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const link = event.target instanceof Element ? event.target.closest(".cre .icon") : null;
    if (!link) return;
    event.preventDefault();
    this.leave();
    this.area.focus();
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    const button = event.submitter instanceof HTMLButtonElement ? event.submitter : null;
    // The server's own warning is answered by its form, consent and all.
    if (!this.hooks.able() || button?.closest(".warn")) return;
    event.preventDefault();
    const choice = button?.value === "mask" || button?.value === "ask" ? button.value : undefined;
    this.#hand(choice, undefined);
  }

  /** Hands the line over and empties it. @param {"mask" | "ask" | undefined} choice @param {Consent | undefined} consent */
  #hand(choice, consent) {
    const body = this.area.value;
    if (!body.trim()) return;
    const shown = choice === "mask" ? this.checker.masked() : body;
    const draft = { body, shown, nonce: this.#nonce, answers: this.#answers, edit: this.#edit, choice, consent };
    this.#nonce = nonce();
    this.keep.stop();
    if (!draft.edit) drafts.write(this.target, body, draft.nonce);
    this.tip.close();
    this.leave();
    if (!draft.edit) this.#set("");
    this.area.focus();
    this.hooks.send(draft);
  }

  /** It is stored or waits for a moderator: nothing has to be kept. @param {Draft} draft */
  done(draft) {
    this.#wantsAnyway = false;
    if (!draft.edit && !this.area.value) drafts.drop(this.target);
  }

  /**
   * Nothing was stored and the author has to decide: the text is in the line again.
   * @param {Draft} draft
   * @param {Refused} error
   * @returns {boolean}  whether there was room for it
   */
  giveBack(draft, error) {
    if (this.#edit || (!draft.edit && this.area.value.trim())) return false;
    this.leave();
    this.#nonce = draft.nonce;
    if (draft.edit) this.#begin(draft.edit);
    else if (draft.answers) this.#answer(draft.answers);
    this.#set(draft.body);
    if (!draft.edit) this.keep.soon();
    if (error.code === "pii_warning" && error.detail) {
      this.tip.refused(error.detail);
      if (this.#wantsAnyway) this.tip.ask();
      this.hooks.announce(`Not sent. ${spoken(error.detail.findings)}`);
    }
    this.#wantsAnyway = false;
    return true;
  }

  #toFinding() {
    this.checker.select(this.tip.warning?.findings[0] ?? this.checker.findings[0]);
  }

  /** Only the server knows whether it may go as it is, so ask it first. */
  #asItIs() {
    if (this.tip.warning) {
      this.tip.ask();
      return;
    }
    if (this.hooks.able()) {
      this.#hand(undefined, undefined);
      this.#wantsAnyway = true;
    } else {
      this.form.requestSubmit();
    }
  }

  /** @param {NonNullable<Consent["reason"]>} reason */
  #anyway(reason) {
    const token = this.tip.warning?.consent;
    if (token) this.#hand(undefined, { token, ack: true, reason });
  }

  /** Answers a message. @param {Answers} answers */
  answer(answers) {
    this.leave();
    this.#answer(answers);
    this.area.focus();
  }

  /** @param {Answers} answers */
  #answer(answers) {
    this.#answers = answers;
    const { id, author, excerpt } = answers;
    const field = make("input", { type: "hidden", name: "reply_to", value: String(id) });
    const words = make("span", {}, "Answering ", make("b", {}, make("bdi", {}, author)), " ", make("bdi", {}, excerpt));
    this.#banner(words, "Do not answer this message", field);
  }

  /**
   * Edits an own message.
   * @param {Entry} entry
   */
  edit(entry) {
    this.leave();
    this.#begin({ id: entry.id, revision: entry.revision });
    this.#set(entry.source);
    this.area.focus();
    this.area.setSelectionRange(entry.source.length, entry.source.length);
  }

  /** @param {{ id: number, revision: number }} edit */
  #begin(edit) {
    this.#aside = this.area.value;
    this.#edit = edit;
    this.#banner(make("span", {}, make("b", {}, "Editing your message")), "Stop editing");
  }

  /** @param {HTMLElement} words @param {string} leave @param {...HTMLElement} fields */
  #banner(words, leave, ...fields) {
    const button = make("button", { class: "icon", type: "button", "aria-label": leave }, icon("x"));
    const banner = make("div", { class: "cre", "data-slot": "replying" }, ...fields, words, button);
    this.form.insertBefore(banner, slot(this.form, "tip") ?? this.form.querySelector(".cbox"));
  }

  /** Leaves an answer or an edit; the text that was there before comes back. */
  leave() {
    slot(this.form, "replying")?.remove();
    this.#answers = undefined;
    if (!this.#edit) return;
    this.#edit = undefined;
    this.tip.close();
    this.#set(this.#aside);
    this.#aside = "";
  }
}
