// The lines of a room: built from the server's patterns and changed as events tell. Limit: one line at a time; where it
// stands is the stream's matter. Relies on `#message-template` and `#message-cont-template` with the slots link, author,
// avatar, member, reply, body, and `.mtools` with `data-act` links.

import { icon, make, slot } from "./page.js";
import { tile } from "./tile.js";
import { fragment } from "./trusted.js";

/** @typedef {import("./protocol.d.ts").Entry} Entry */
/** @typedef {import("./protocol.d.ts").Person} Person */

/**
 * @typedef {object} Eye  who looks
 * @property {number} id
 * @property {string} name
 * @property {boolean} writes  may send messages here
 */

const FULL = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", timeZone: "UTC" });

/** The clock as the server writes it, in UTC. @param {number} at @returns {string} */
export function clock(at) {
  return new Date(at).toISOString().slice(11, 16);
}

/** @param {number} at @returns {HTMLTimeElement} */
function stamp(at) {
  const datetime = new Date(at).toISOString();
  return make("time", { datetime, title: `${FULL.format(at).replace(" at ", ", ")} UTC` }, clock(at));
}

/**
 * A copy of a pattern with a person and a moment in it.
 * @param {ParentNode} room
 * @param {boolean} cont  follows another line of the same person
 * @param {Person} author
 * @param {number} at
 * @returns {HTMLLIElement}
 */
function blank(room, cont, author, at) {
  const template = room.querySelector(cont ? "#message-cont-template" : "#message-template");
  const copy = template instanceof HTMLTemplateElement ? template.content.cloneNode(true) : null;
  const found = copy instanceof DocumentFragment ? copy.querySelector("li") : null;
  const line = found ?? make("li");
  line.className = cont ? "m cont" : "m";
  line.dataset["author"] = String(author.id);
  const name = slot(line, "author");
  if (name) name.textContent = author.display;
  slot(line, "member")?.setAttribute("href", `/u/${author.name}`);
  slot(line, "avatar")?.replaceChildren(tile(author.id));
  slot(line, "link")?.replaceChildren(stamp(at));
  // Roles are known from lines that the server drew.
  const tag = room.querySelector(`.m[data-author="${author.id}"] .mh .tag`);
  if (tag) slot(line, "member")?.after(tag.cloneNode(true));
  return line;
}

/**
 * The line of a message.
 * @param {ParentNode} room
 * @param {Entry} entry
 * @param {number} at
 * @param {boolean} cont
 * @param {Eye} eye
 * @returns {HTMLLIElement}
 */
export function line(room, entry, at, cont, eye) {
  const item = blank(room, cont, entry.author, at);
  item.id = `m${entry.number}`;
  item.dataset["seq"] = String(entry.number);
  item.dataset["entry"] = String(entry.id);
  slot(item, "link")?.setAttribute("href", `/p/${entry.id}`);
  answered(item, entry);
  tools(item, entry, eye);
  item.classList.toggle("ping", entry.author.id !== eye.id && mentions(entry, eye));
  dress(item, entry);
  return item;
}

/** @param {HTMLElement} item @param {Entry} entry */
function answered(item, entry) {
  const place = slot(item, "reply");
  const parent = entry.reply_to;
  if (!place) return;
  if (!parent) {
    place.remove();
    return;
  }
  place.setAttribute("href", `/p/${parent.id}`);
  const name = place.querySelector("b bdi");
  const words = place.querySelector(".mrx bdi");
  if (name) name.textContent = parent.author.display;
  if (words) words.textContent = parent.excerpt || "message removed";
}

/** @param {HTMLElement} item @param {Entry} entry @param {Eye} eye */
function tools(item, entry, eye) {
  const own = entry.author.id === eye.id;
  /** @type {Record<string, [boolean, string]>} */
  const ways = {
    reply: [eye.writes, `?reply=${entry.id}#compose`],
    edit: [own && eye.writes, `/p/${entry.id}/edit`],
    remove: [own, `/p/${entry.id}/remove`],
    flag: [!own, `/p/${entry.id}/flag`],
  };
  for (const [name, [open, href]] of Object.entries(ways)) {
    const link = item.querySelector(`[data-act="${name}"]`);
    if (open) link?.setAttribute("href", href);
    else link?.remove();
  }
}

/** @param {Entry} entry @param {Eye} eye @returns {boolean} */
export function mentions(entry, eye) {
  if (!eye.name || entry.state !== "published") return false;
  const links = fragment(entry.html).querySelectorAll("a.mention");
  return [...links].some((link) => link.getAttribute("href") === `/u/${eye.name}`);
}

/**
 * Puts the present text into a line, or says who removed it.
 * @param {HTMLElement} item
 * @param {Entry} entry
 */
export function dress(item, entry) {
  item.dataset["v"] = String(entry.revision);
  const body = slot(item, "body");
  if (!body) return;
  if (entry.state !== "published") {
    const own = entry.state === "removed_by_author";
    item.classList.add("gone");
    item.querySelector(".mtools")?.remove();
    body.replaceChildren(icon(own ? "trash" : "shield"), own ? "Removed by its author." : "Removed by a moderator.");
    return;
  }
  body.replaceChildren(fragment(entry.html));
  if (entry.edited !== null && entry.edited !== undefined) {
    const when = make("span", { class: "vh" }, stamp(entry.edited));
    body.append(" ", make("a", { class: "quiet", href: `/p/${entry.id}/edits` }, "edited ", when));
  }
  if (entry.masked > 0) {
    body.append(" ", make("span", { class: "quiet" }, `${entry.masked === 1 ? "1 detail" : `${entry.masked} details`} masked`));
  }
}

/**
 * The line of a message that is on its way.
 * @param {ParentNode} room
 * @param {Person} author
 * @param {string} text
 * @param {boolean} cont
 * @returns {HTMLLIElement}
 */
export function pending(room, author, text, cont) {
  const item = blank(room, cont, author, Date.now());
  item.classList.add("pending");
  slot(item, "reply")?.remove();
  item.querySelector(".mtools")?.remove();
  slot(item, "link")?.removeAttribute("href");
  const words = make("p", {}, text);
  words.style.whiteSpace = "pre-line";
  slot(item, "body")?.replaceChildren(words);
  return item;
}

/**
 * Says on a line why it was not sent, and what can be done.
 * @param {HTMLElement} item
 * @param {string} sentence
 * @param {[string, () => void][]} ways
 */
export function failed(item, sentence, ways) {
  item.classList.remove("pending");
  item.classList.add("failed");
  item.querySelector(".mfail")?.remove();
  const buttons = ways.map(([words, act]) => {
    const button = make("button", { class: "btn small", type: "button" }, words);
    button.addEventListener("click", act);
    return button;
  });
  item.append(make("div", { class: "mfail" }, make("span", {}, `Not sent. ${sentence}`), ...buttons));
}

/** Back on its way. @param {HTMLElement} item */
export function retrying(item) {
  item.classList.remove("failed");
  item.classList.add("pending");
  item.querySelector(".mfail")?.remove();
}

/** Waits for a moderator. @param {HTMLElement} item @param {number} review */
export function held(item, review) {
  item.classList.remove("pending");
  item.classList.add("held");
  item.dataset["review"] = String(review);
  const body = slot(item, "body");
  body?.append(make("p", { class: "quiet" }, "Only you can see this. It waits for a moderator. ", make("a", { href: "/my/held" }, "Edit or withdraw")));
}
