// `<tact-topic data-topic data-head>`: remembers folded branches, marks what was read, and tells of new replies.
// Limit: nothing on the page moves by itself; new replies are a link. Edits and removals change their post in place.
// Relies on: `data-topic` id, `data-head` sequence of the page, optional `data-stream` (else `t{id}`) and `data-read` (last
// read number); `details.branch[data-branch]`; `article.post[data-entry][data-number][data-v]` with `.body` and `.acts`;
// slot `say`; `POST /t/{id}/read` (csrf, number). The link is `p.arrived > a.jump`, made here at the end of the element.

import { live } from "./live.js";
import { count, csrf, debounced, icon, make, say, slot, viewer } from "./page.js";
import { fragment } from "./trusted.js";

/** @typedef {import("./protocol.d.ts").Ev} Ev */
/** @typedef {import("./protocol.d.ts").Entry} Entry */

const FOLDS = "tact:folds";
/** Topics whose folds are remembered. */
const MOST_TOPICS = 200;
const READ_MS = 1_000;
const SAY_MS = 5_000;

/** @returns {Record<string, number[]>} */
function remembered() {
  try {
    return /** @type {Record<string, number[]>} */ (JSON.parse(localStorage.getItem(FOLDS) ?? "{}"));
  } catch {
    return {};
  }
}

class Topic extends HTMLElement {
  #ready = false;
  #seen = 0;
  #told = 0;
  /** Replies of others since the page was made. @type {Entry[]} */
  #arrived = [];
  #say = debounced(SAY_MS, () => say(this, "say", count(this.#arrived.length, "new reply", "new replies")));

  /** @type {HTMLAnchorElement | undefined} */
  bar;

  connectedCallback() {
    if (this.#ready) return;
    this.#ready = true;
    this.topic = Number(this.dataset["topic"]);
    this.#told = Number(this.dataset["read"] ?? 0);
    this.#folding();
    if (viewer() === 0 || csrf() === "") return;
    this.#reading();
    const stream = /** @type {import("./protocol.d.ts").StreamName} */ (this.dataset["stream"] ?? `t${this.topic}`);
    live().follow(stream, Number(this.dataset["head"] ?? 0), {
      ev: (ev) => this.#event(ev),
      reset: () => this.#stale(),
      left: () => {},
    });
  }

  #folding() {
    const folded = new Set(remembered()[String(this.topic)] ?? []);
    for (const branch of this.querySelectorAll("details[data-branch]")) {
      if (branch instanceof HTMLDetailsElement && folded.has(Number(branch.dataset["branch"]))) branch.open = false;
    }
    this.#unfold();
    addEventListener("hashchange", () => this.#unfold());
    // `toggle` does not bubble.
    this.addEventListener("toggle", (event) => this.#fold(event.target), true);
  }

  /** Whoever follows a link to a post sees it. */
  #unfold() {
    const target = (location.hash ? document.getElementById(location.hash.slice(1)) : null) ?? this.querySelector(".post.target");
    let hidden = false;
    for (let branch = target?.parentElement?.closest("details"); branch; branch = branch.parentElement?.closest("details")) {
      hidden ||= !branch.open;
      branch.open = true;
    }
    if (hidden) target?.scrollIntoView();
  }

  /** @param {EventTarget | null} branch */
  #fold(branch) {
    if (!(branch instanceof HTMLDetailsElement) || !branch.dataset["branch"]) return;
    const folds = remembered();
    const key = String(this.topic);
    const number = Number(branch.dataset["branch"]);
    const numbers = (folds[key] ?? []).filter((other) => other !== number);
    delete folds[key];
    if (!branch.open) numbers.push(number);
    if (numbers.length > 0) folds[key] = numbers;
    const kept = Object.entries(folds).slice(-MOST_TOPICS);
    try {
      localStorage.setItem(FOLDS, JSON.stringify(Object.fromEntries(kept)));
    } catch {
      // Without storage a fold lasts as long as the page.
    }
  }

  #reading() {
    const tell = debounced(READ_MS, () => void this.#read());
    const watcher = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          const tall = entry.intersectionRect.height > innerHeight / 2;
          if (!entry.isIntersecting || (entry.intersectionRatio < 0.5 && !tall)) continue;
          this.#seen = Math.max(this.#seen, Number(/** @type {HTMLElement} */ (entry.target).dataset["number"] ?? 0));
        }
        if (this.#seen > this.#told) tell.soon();
      },
      { threshold: [0, 0.1, 0.25, 0.5, 1] },
    );
    for (const post of this.querySelectorAll(".post[data-number]")) watcher.observe(post);
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) tell.stop();
      else if (this.#seen > this.#told) tell.soon();
    });
  }

  async #read() {
    if (document.hidden || this.#seen <= this.#told) return;
    const before = this.#told;
    const number = this.#seen;
    this.#told = number;
    const body = new URLSearchParams({ csrf: csrf(), number: String(number) });
    try {
      const response = await fetch(`/t/${this.topic}/read`, { method: "POST", body, keepalive: true, redirect: "manual" });
      if (response.status >= 500) this.#told = before;
    } catch {
      this.#told = before;
    }
  }

  /** @param {Ev} ev */
  #event(ev) {
    switch (ev.kind) {
      case "post":
        if (this.querySelector(`[data-entry="${ev.data.id}"]`)) return;
        this.#arrived.push(ev.data);
        this.#bar();
        return;
      case "edit":
      case "mask":
      case "removal":
      case "restore":
        this.#change(ev.data);
        return;
      default:
        return;
    }
  }

  #bar() {
    const [first] = this.#arrived;
    if (!first) return;
    this.bar ??= this.#makeBar();
    this.bar.setAttribute("href", `/p/${first.id}`);
    say(this.bar, "arrived", count(this.#arrived.length, "new reply", "new replies"));
    this.#say.soon();
  }

  /** @returns {HTMLAnchorElement} */
  #makeBar() {
    const link = make("a", { class: "jump" }, icon("arrow-down"), make("span", { "data-slot": "arrived" }));
    const bar = make("p", { class: "arrived" }, link);
    // Floats over the end of the window; it takes no room above what is being read.
    Object.assign(bar.style, { position: "sticky", insetBlockEnd: "16px", display: "flex", zIndex: "5" });
    link.style.margin = "0 auto";
    this.append(bar);
    return link;
  }

  #stale() {
    /** @type {HTMLAnchorElement} */
    const link = this.bar ?? this.#makeBar();
    this.bar = link;
    link.setAttribute("href", location.pathname + location.search);
    say(link, "arrived", "Load this topic again");
    say(this, "say", "This page is out of date.");
  }

  /** @param {Entry} entry */
  #change(entry) {
    const post = this.querySelector(`article[data-entry="${entry.id}"]`);
    if (!(post instanceof HTMLElement) || entry.revision < Number(post.dataset["v"] ?? 0)) return;
    const body = post.querySelector(".body");
    if (!body || entry.state !== "published" || post.classList.contains("gone")) {
      if (!body && entry.state !== "published") return;
      this.#replaced(post, entry);
      return;
    }
    post.dataset["v"] = String(entry.revision);
    body.replaceChildren(fragment(entry.html));
  }

  /** Removed, or back again: the rest of the post differs too, so a line says it. @param {HTMLElement} post @param {Entry} entry */
  #replaced(post, entry) {
    if (entry.state === "published") {
      const link = make("a", { class: "link", href: `/p/${entry.id}` }, "This post is back. Load it");
      (slot(post, "back") ?? post).append(link);
      return;
    }
    const own = entry.state === "removed_by_author";
    const words = `#${entry.number} Removed by ${own ? "its author" : "a moderator"}.`;
    post.dataset["v"] = String(entry.revision);
    post.classList.add("gone");
    post.replaceChildren(make("p", { class: "tomb" }, icon(own ? "trash" : "shield"), make("span", {}, words)));
  }
}

customElements.define("tact-topic", Topic);
