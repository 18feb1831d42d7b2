// Who types and who is there. Limit: passing facts; nothing of it is announced to readers.
// Relies on: `[data-slot=typing]` in the room; `[data-slot=here-count]` and `ul[data-slot=here]` anywhere on the page.

import { listed, make, slot } from "./page.js";
import { tile } from "./tile.js";

/** @typedef {import("./protocol.d.ts").Peers} Peers */
/** @typedef {import("./protocol.d.ts").Person} Person */

/** Typing is told at most so often. */
const TYPING_MS = 3_000;
/** A name goes when nothing more is heard; the server forgets at about the same time. */
const FORGET_MS = 10_000;

export class Typing {
  #told = 0;
  #on = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #forget;

  /**
   * @param {HTMLElement} room
   * @param {number} viewer
   * @param {(on: boolean) => void} tell
   */
  constructor(room, viewer, tell) {
    this.place = slot(room, "typing");
    this.viewer = viewer;
    this.tell = tell;
  }

  /** The viewer's text changed. @param {boolean} any  whether there is any */
  typed(any) {
    const now = Date.now();
    if (!any) {
      if (this.#on) this.tell(false);
      this.#on = false;
      this.#told = 0;
    } else if (now - this.#told >= TYPING_MS) {
      this.#told = now;
      this.#on = true;
      this.tell(true);
    }
  }

  /** The message went; the server knows by itself. */
  sent() {
    this.#on = false;
    this.#told = 0;
  }

  /** @param {Peers} peers */
  show({ count, members }) {
    clearTimeout(this.#forget);
    const others = members.filter(({ id }) => id !== this.viewer);
    const more = Math.max(0, count - members.length);
    if (others.length + more === 0) {
      this.place?.replaceChildren();
      return;
    }
    const names = others.map(({ display }) => display);
    if (more > 0) names.push(`${more} more`);
    const dots = make("span", { class: "dots", "aria-hidden": "true" }, make("i"), make("i"), make("i"));
    const many = others.length + more > 1;
    this.place?.replaceChildren(dots, make("b", {}, make("bdi", {}, listed(names))), many ? " are typing" : " is typing");
    this.#forget = setTimeout(() => this.place?.replaceChildren(), FORGET_MS);
  }
}

/** Who is there now. @param {Peers} peers */
export function present({ count, members }) {
  for (const place of document.querySelectorAll('[data-slot="here-count"]')) place.textContent = String(count);
  const list = slot(document, "here");
  // Fuller rooms tell the number alone.
  if (!list || (members.length === 0 && count > 0)) return;
  /** @type {Map<string, Element>} */
  const before = new Map();
  for (const item of list.children) before.set(item.querySelector("a")?.getAttribute("href") ?? "", item);
  const items = members.map((member) => before.get(`/u/${member.name}`) ?? row(member));
  const same = items.length === list.children.length && items.every((item, place) => item === list.children[place]);
  if (!same && !list.contains(document.activeElement)) list.replaceChildren(...items);
}

/** @param {Person} member @returns {HTMLLIElement} */
function row(member) {
  const who = make("span", { class: "who" }, tile(member.id, "s"), make("span", { class: "on" }));
  const name = make("span", { class: "t" }, make("bdi", {}, member.display));
  return make("li", {}, make("a", { href: `/u/${member.name}` }, who, name, make("span", { class: "vh" }, "online")));
}
