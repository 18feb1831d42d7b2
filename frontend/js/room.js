// `<tact-room>`: a live room. Wires the socket, the stream, the line where one writes, and what is announced. Limit: each
// part has a module of its own (room-*.js). Relies on: `data-room data-slug data-stream data-head data-member`, optional
// `data-writes data-past`; slots scroll, days, jump, typing, say, composer; `.belt`, where the state of the connection is
// told in `p.typ[data-slot=state]`, made here.

import { Refused, live } from "./live.js";
import { count, debounced, listed, make, nonce, say, slot } from "./page.js";
import * as drafts from "./draft.js";
import { Composer } from "./room-composer.js";
import { failed, held, mentions, retrying } from "./room-lines.js";
import { Typing, present } from "./room-people.js";
import { Stream } from "./room-stream.js";

/** @typedef {import("./protocol.d.ts").Ev} Ev */
/** @typedef {import("./protocol.d.ts").Entry} Entry */
/** @typedef {import("./protocol.d.ts").StreamName} StreamName */
/** @typedef {import("./room-composer.js").Draft} Draft */

const SAY_MS = 5_000;
const READ_MS = 1_000;
/** A short break is not worth a word. */
const GRACE_MS = 1_500;

class Room extends HTMLElement {
  #ready = false;
  #catching = true;
  #read = 0;
  #said = 0;
  /** Names of those who wrote since the last announcement, one for each message. @type {string[]} */
  #unsaid = [];
  #mentioned = "";
  #saying = debounced(SAY_MS, () => this.#say());
  #reading = debounced(READ_MS, () => this.#tellRead());
  #state = debounced(GRACE_MS, () => this.#showState());

  connectedCallback() {
    const member = Number(this.dataset["member"] ?? 0);
    // Guests have no socket.
    if (this.#ready || member === 0) return;
    this.#ready = true;
    this.live = live();
    this.name = /** @type {StreamName} */ (this.dataset["stream"] ?? `r${this.dataset["room"]}`);
    this.room = Number(this.dataset["room"]);
    this.eye = { id: member, name: "", writes: this.hasAttribute("data-writes") };
    this.stream = new Stream(this, this.eye, () => this.#reading.soon());
    this.typing = new Typing(this, member, (on) => this.live?.tell({ t: "typing", room: this.room ?? 0, on }));
    this.#compose();
    this.#status();
    this.addEventListener("click", (event) => this.#click(event));
    document.addEventListener("visibilitychange", () => this.#reading.soon());
    addEventListener("focus", () => this.#reading.soon());
    this.live.follow(this.name, Number(this.dataset["head"] ?? 0), {
      ev: (ev) => this.#event(ev),
      synced: () => {
        this.#catching = false;
        this.#showState();
        this.#reading.soon();
      },
      reset: () => this.#gone("This page is out of date."),
      left: () => this.#gone("You can no longer read this room here."),
      typing: (peers) => this.typing?.show(peers),
      presence: present,
    });
  }

  #compose() {
    const form = slot(this, "composer");
    const area = form?.querySelector('textarea[name="body"]');
    if (!(form instanceof HTMLFormElement) || !(area instanceof HTMLTextAreaElement)) return;
    this.composer = new Composer(form, area, `room:${this.dataset["room"]}`, {
      send: (draft) => (draft.edit ? this.#sendEdit(draft) : this.#send(draft)),
      able: () => this.live !== undefined && this.live.reason === "" && this.#following,
      editLast: () => {
        const own = this.stream?.own();
        if (own) void this.#edit(own);
      },
      typed: (any) => this.typing?.typed(any),
      announce: (text) => say(this, "say", text),
    });
  }

  #following = true;

  /** @param {Ev} ev */
  #event(ev) {
    if (this.eye && this.live?.member) this.eye.name = this.live.member.name;
    switch (ev.kind) {
      case "message":
        this.stream?.add(ev.data, ev.at, ev.nonce);
        if (ev.data.author.id !== this.eye?.id) this.#hear(ev.data);
        this.#reading.soon();
        return;
      case "edit":
      case "removal":
      case "mask":
      case "restore":
        this.stream?.change(ev.data, ev.at);
        return;
      case "place":
        this.#place(ev.data);
        return;
      default:
        return;
    }
  }

  /** @param {import("./protocol.d.ts").RoomPlace | import("./protocol.d.ts").TopicPlace} place */
  #place(place) {
    const title = this.querySelector(".rt h1 bdi");
    if (title) title.textContent = place.title;
    if ("archived" in place && place.archived && this.composer) this.#gone("This room is read only now.");
  }

  // What is announced: one short line in five seconds, mentions at once.

  /** @param {Entry} entry */
  #hear(entry) {
    if (entry.state !== "published") return;
    this.#unsaid.push(entry.author.display);
    const wait = this.#said + SAY_MS - Date.now();
    if (this.eye && mentions(entry, this.eye)) {
      this.#mentioned = entry.author.display;
      if (!this.#catching) this.#saying.now();
    } else if (this.#unsaid.length === 1) {
      if (wait <= 0 && !this.#catching) this.#saying.now();
      else this.#saying.soon();
    }
  }

  #say() {
    if (this.#unsaid.length === 0) return;
    const names = [...new Set(this.#unsaid)];
    const from = names.length > 3 ? `${names.length} people` : listed(names);
    const news = `${count(this.#unsaid.length, "new message", "new messages")} from ${from}`;
    say(this, "say", this.#mentioned ? `${this.#mentioned} mentions you. ${news}` : news);
    this.#unsaid = [];
    this.#mentioned = "";
    this.#said = Date.now();
  }

  /** Read is what stood in view at the end of the stream. */
  #tellRead() {
    if (!this.stream || !this.name || document.hidden || !document.hasFocus() || !this.stream.near || this.stream.past) return;
    const seq = this.live?.last(this.name) ?? 0;
    if (seq <= this.#read || !this.eye?.writes || this.live?.state !== "live") return;
    this.#read = seq;
    this.live.tell({ t: "read", stream: this.name, seq });
    const link = document.querySelector('[data-room-link][aria-current="page"]');
    link?.classList.remove("unread");
    link?.querySelector(".n")?.remove();
  }

  // The way of a message.

  /** @param {Draft} draft @returns {{ choice?: "mask" | "ask", consent?: import("./protocol.d.ts").Consent }} */
  #screened({ choice, consent }) {
    return { ...(choice ? { choice } : {}), ...(consent ? { consent } : {}) };
  }

  /** @param {Draft} draft @param {HTMLElement} [line]  a line that failed before */
  #send(draft, line) {
    const { live: socket, stream } = this;
    if (!socket || !stream) return;
    this.typing?.sent();
    const author = socket.member ?? { id: this.eye?.id ?? 0, name: "", display: "You" };
    const item = line ?? stream.send(author, draft.shown, draft.nonce, draft.answers !== undefined);
    if (line) retrying(line);
    const reply = draft.answers ? { reply_to: draft.answers.id } : {};
    socket
      .request({ t: "send", room: this.room ?? 0, nonce: draft.nonce, body: draft.body, ...reply, ...this.#screened(draft) })
      .then((ok) => {
        this.composer?.done(draft);
        if ("held" in ok) held(item, ok.review);
        else if ("entry" in ok && ok.entry && stream.find(ok.entry)) item.remove();
        else item.classList.remove("pending");
        // The newest messages are another page.
        if (stream.past) location.assign(`/chat/${this.dataset["slug"]}#end`);
      })
      .catch((/** @type {unknown} */ error) => this.#failed(draft, item, error));
  }

  /** @param {Draft} draft @param {HTMLElement} item @param {unknown} error */
  #failed(draft, item, error) {
    const refused = error instanceof Refused ? error : new Refused("internal", "Something went wrong here.");
    const drop = () => {
      item.remove();
      this.composer?.area.focus();
    };
    if (refused.code === "nonce_conflict") {
      // The text before was stored after all; this one is another message.
      draft.nonce = nonce();
      item.dataset["nonce"] = draft.nonce;
      this.#send(draft, item);
      return;
    }
    const back = () => {
      if (this.composer?.giveBack(draft, refused)) drop();
      else say(this, "say", "Finish what you are writing first.");
    };
    if (refused.code === "pii_warning" && this.composer?.giveBack(draft, refused)) {
      drop();
      return;
    }
    const again = () => this.#send(draft, item);
    /** @type {[string, () => void]} */
    const way = refused.temporary ? ["Try again", again] : ["Edit", back];
    failed(item, refused.message, [way, ["Discard", drop]]);
    say(this, "say", `Not sent. ${refused.message}`);
  }

  /** @param {Draft} draft */
  #sendEdit(draft) {
    const { edit } = draft;
    if (!edit || !this.live) return;
    const line = this.stream?.find(edit.id);
    line?.classList.add("pending");
    this.live
      .request({ t: "edit", entry: edit.id, rev: edit.revision, nonce: draft.nonce, body: draft.body, ...this.#screened(draft) })
      .then((ok) => {
        this.composer?.done(draft);
        say(this, "say", "held" in ok ? "Your edit waits for a moderator." : "Edited.");
      })
      .catch((/** @type {unknown} */ error) => {
        const refused = error instanceof Refused ? error : new Refused("internal", "Something went wrong here.");
        const given = this.composer?.giveBack(draft, refused) ?? false;
        this.#note(refused.code === "pii_warning" && given ? "" : `Not changed. ${refused.message}`);
      })
      .finally(() => line?.classList.remove("pending"));
  }

  /** Answer and edit without leaving the page; the links work otherwise. @param {MouseEvent} event */
  #click(event) {
    const link = event.target instanceof Element ? event.target.closest("a[data-act]") : null;
    const line = link?.closest("li.m");
    if (!(link instanceof HTMLElement) || !(line instanceof HTMLElement) || !this.composer) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    const act = link.dataset["act"];
    if (act === "reply") {
      event.preventDefault();
      const excerpt = (slot(line, "body")?.textContent ?? "").trim().slice(0, 160);
      const author = slot(line, "author")?.textContent ?? "";
      this.composer.answer({ id: Number(line.dataset["entry"]), author, excerpt });
    } else if (act === "edit" && line.dataset["author"] === this.dataset["member"] && this.live?.state === "live") {
      event.preventDefault();
      void this.#edit(line, link);
    }
  }

  /** The page has no sources, so the message is asked for. @param {HTMLElement} line @param {HTMLElement} [link] */
  async #edit(line, link) {
    const seq = Number(line.dataset["seq"]);
    try {
      const ok = await this.live?.request({ t: "history", room: this.room ?? 0, after: seq - 1, limit: 1 });
      const [ev] = ok && "events" in ok ? ok.events : [];
      if (ev?.kind !== "message" || ev.data.id !== Number(line.dataset["entry"])) throw new Error("another message");
      this.composer?.edit(ev.data);
    } catch {
      if (link instanceof HTMLAnchorElement) location.assign(link.href);
    }
  }

  // The connection, in words.

  #status() {
    const place = make("p", { class: "typ", "data-slot": "state", role: "status" });
    place.hidden = true;
    slot(this, "typing")?.before(place);
    this.live?.addEventListener("state", () => {
      if (this.live?.state === "live") {
        this.#state.soon();
        return;
      }
      this.#catching = true;
      if (this.live?.reason) this.#showState();
      else this.#state.soon();
    });
    this.#state.soon();
  }

  #showState() {
    const { live: socket } = this;
    if (!socket || !this.#following) return;
    const words = {
      live: this.#catching ? "Catching up" : "",
      reconnecting: "Connecting again. What you send is kept and goes out then.",
      offline: socket.reason || "No connection. What you send is kept and goes out later.",
    };
    this.#note(words[socket.state]);
  }

  /** @param {string} text */
  #note(text) {
    const place = slot(this, "state");
    if (!place) return;
    place.textContent = text;
    place.hidden = text === "";
  }

  /** The copy is of no use any more; what is being written is kept for the page that comes. @param {string} why */
  #gone(why) {
    this.#following = false;
    if (this.composer) drafts.write(`room:${this.dataset["room"]}`, this.composer.area.value, "");
    this.#note(`${why} `);
    slot(this, "state")?.append(make("a", { class: "link", href: `/chat/${this.dataset["slug"]}` }, "Load it again"));
  }
}

customElements.define("tact-room", Room);
