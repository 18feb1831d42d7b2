// The messages of a room: where each line stands, days, how far one has scrolled, and the way to the newest. Limit: it
// shows what the events tell; sending is the composer's. The scroll area is reversed: 0 is the newest, above is negative.

import { count, make, slot } from "./page.js";
import * as lines from "./room-lines.js";

/** @typedef {import("./protocol.d.ts").Entry} Entry */
/** @typedef {import("./protocol.d.ts").Person} Person */
/** @typedef {import("./room-lines.js").Eye} Eye */

/** So near to the end one is taken along. */
const NEAR_PX = 100;
/** Lines of one person within that stand together, as on the server (`TOGETHER_S` in src/rooms/pages.rs). */
const TOGETHER_MS = 5 * 60_000;
const DAY_MS = 86_400_000;

/** @param {number} at @returns {string} */
function isoDay(at) {
  return new Date(at).toISOString().slice(0, 10);
}

/** The heading of a day, in the server's words. @param {string} iso @returns {string} */
function label(iso) {
  const now = Date.now();
  if (iso === isoDay(now)) return "Today";
  if (iso === isoDay(now - DAY_MS)) return "Yesterday";
  const year = iso.slice(0, 4) === isoDay(now).slice(0, 4) ? {} : /** @type {const} */ ({ year: "numeric" });
  const format = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC", ...year });
  return format.format(new Date(iso)).replace(",", "");
}

export class Stream {
  /** Newer messages below what is in view. */
  newer = 0;
  #marked = false;

  /**
   * @param {HTMLElement} room
   * @param {Eye} eye
   * @param {() => void} moved  the end came into view or left it
   */
  constructor(room, eye, moved) {
    this.room = room;
    this.eye = eye;
    this.moved = moved;
    this.scroll = slot(room, "scroll") ?? room;
    this.days = slot(room, "days") ?? room;
    this.jump = slot(room, "jump");
    /** Shows older messages only; the newest are another page. */
    this.past = room.hasAttribute("data-past");
    this.scroll.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    if (this.jump instanceof HTMLButtonElement) this.jump.addEventListener("click", () => this.toEnd());
    document.addEventListener("visibilitychange", () => (this.#marked = false));
  }

  /** @returns {boolean} */
  get near() {
    return Math.abs(this.scroll.scrollTop) < NEAR_PX;
  }

  toEnd() {
    this.scroll.scrollTop = 0;
    this.#scrolled();
  }

  #scrolled() {
    if (this.near) this.newer = 0;
    this.#button();
    this.moved();
  }

  #button() {
    const { jump } = this;
    if (!jump) return;
    const words = this.newer > 0 ? count(this.newer, "newer message", "newer messages") : "To the newest messages";
    const place = jump.querySelector("span");
    if (place && place.textContent !== words) place.textContent = words;
    if (!this.past) jump.hidden = this.near;
  }

  /**
   * Changes the stream without moving what is being read.
   * @param {() => void} change
   */
  #steadily(change) {
    const near = this.near;
    const top = this.scroll.getBoundingClientRect().top;
    const anchor = near ? null : ([...this.days.querySelectorAll("li")].find((item) => item.getBoundingClientRect().bottom > top) ?? null);
    const before = anchor?.getBoundingClientRect().top ?? 0;
    change();
    if (near) this.scroll.scrollTop = 0;
    else if (anchor) this.scroll.scrollTop += anchor.getBoundingClientRect().top - before;
  }

  /** @param {number} id @returns {HTMLElement | null} */
  find(id) {
    return this.days.querySelector(`.m[data-entry="${id}"]`);
  }

  /**
   * A message arrived.
   * @param {Entry} entry
   * @param {number} at
   * @param {string | undefined} nonce
   */
  add(entry, at, nonce) {
    const waiting = nonce && entry.author.id === this.eye.id ? this.#waiting(nonce) : null;
    if (this.find(entry.id)) {
      waiting?.remove();
      this.change(entry, at);
      return;
    }
    if (this.past) {
      this.newer += 1;
      this.#button();
      return;
    }
    const own = entry.author.id === this.eye.id;
    this.#steadily(() => {
      waiting?.remove();
      slot(this.days, "empty")?.remove();
      const list = this.#day(isoDay(at));
      const cont = !entry.reply_to && this.#continues(list, entry.author.id, at);
      const marker = cont || own ? null : this.#marker();
      const item = lines.line(this.room, entry, at, cont, this.eye);
      const first = list.querySelector(".m.pending, .m.failed, .m.held");
      if (marker) list.insertBefore(marker, first);
      list.insertBefore(item, first);
    });
    if (!this.near && !own) this.newer += 1;
    this.#button();
  }

  /** Where reading stopped when the page was left. @returns {HTMLLIElement | null} */
  #marker() {
    if (!document.hidden || this.#marked) return null;
    this.#marked = true;
    this.days.querySelector(".unr")?.remove();
    return make("li", { class: "unr", id: "new" }, make("span", {}, "New"));
  }

  /** @param {string} nonce @returns {HTMLElement | null} */
  #waiting(nonce) {
    return [...this.days.querySelectorAll("li")].find((item) => item.dataset["nonce"] === nonce) ?? null;
  }

  /** @param {HTMLElement} list @param {number} author @param {number} at @returns {boolean} */
  #continues(list, author, at) {
    const before = [...list.querySelectorAll(":scope > .m")].filter((item) => !item.matches(".pending, .failed, .held")).at(-1);
    if (!(before instanceof HTMLElement) || before.dataset["author"] !== String(author)) return false;
    const time = before.querySelector("time");
    return at - Date.parse(time?.dateTime ?? "") < TOGETHER_MS;
  }

  /** The list of a day, made at the end where it is missing. @param {string} iso @returns {HTMLElement} */
  #day(iso) {
    const sections = /** @type {HTMLElement[]} */ ([...this.days.querySelectorAll("section[data-day]")]);
    const there = sections.find((section) => section.dataset["day"] === iso)?.querySelector("ol");
    if (there) return there;
    for (const time of this.days.querySelectorAll(".day time")) {
      if (time instanceof HTMLTimeElement) time.textContent = label(time.dateTime);
    }
    const time = make("time", { datetime: iso }, label(iso));
    const list = make("ol", { class: "stream" });
    const heading = make("h2", { class: "day", id: `d${iso}` }, make("span", {}, time));
    const section = make("section", { "aria-labelledby": `d${iso}`, "data-day": iso }, heading, list);
    const later = sections.find((other) => (other.dataset["day"] ?? "") > iso);
    this.days.insertBefore(section, later ?? slot(this.days, "held"));
    return list;
  }

  /**
   * A message is another now: edited, removed, masked, restored.
   * @param {Entry} entry
   * @param {number} at
   */
  change(entry, at) {
    const item = this.find(entry.id);
    if (!item || entry.revision < Number(item.dataset["v"] ?? 0)) return;
    this.#steadily(() => {
      if (item.classList.contains("gone") && entry.state === "published") {
        const when = Date.parse(item.querySelector("time")?.dateTime ?? "") || at;
        item.replaceWith(lines.line(this.room, entry, when, item.classList.contains("cont"), this.eye));
      } else {
        lines.dress(item, entry);
      }
    });
  }

  /**
   * A line for a message on its way.
   * @param {Person} author
   * @param {string} text
   * @param {string} nonce
   * @param {boolean} answers
   * @returns {HTMLElement}
   */
  send(author, text, nonce, answers) {
    slot(this.days, "empty")?.remove();
    const list = this.#day(isoDay(Date.now()));
    const last = list.querySelector(":scope > .m:last-child");
    const after = last instanceof HTMLElement && last.matches(".pending") && last.dataset["author"] === String(author.id);
    const cont = !answers && (after || this.#continues(list, author.id, Date.now()));
    const item = lines.pending(this.room, author, text, cont);
    item.dataset["nonce"] = nonce;
    list.append(item);
    this.toEnd();
    return item;
  }

  /** The newest message of the viewer that can be edited. @returns {HTMLElement | null} */
  own() {
    const own = [...this.days.querySelectorAll(`.m[data-entry][data-author="${this.eye.id}"]:not(.gone)`)];
    return /** @type {HTMLElement | undefined} */ (own.at(-1)) ?? null;
  }
}
