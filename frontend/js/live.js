// The socket of a page: a cursor for each stream over the server's log, and requests that survive a broken connection.
// Limit: it knows the protocol (docs/protocol.md) and no page; streams and requests are the caller's.
// Relies on: `POST /live/ticket` with the page's csrf token, `/live`. The server asks for no subprotocol, so none is
// offered. States: `reconnecting`, `live`, `offline`.

import { csrf } from "./page.js";

/** @typedef {import("./protocol.d.ts").StreamName} StreamName */
/** @typedef {import("./protocol.d.ts").Ev} Ev */
/** @typedef {import("./protocol.d.ts").Frame} Frame */
/** @typedef {import("./protocol.d.ts").Ok} Ok */
/** @typedef {import("./protocol.d.ts").Peers} Peers */
/** @typedef {import("./protocol.d.ts").Request} Request */
/** @typedef {import("./protocol.d.ts").Warning} Warning */
/** @typedef {"reconnecting" | "live" | "offline"} State */

/**
 * What a page wants to hear about a stream.
 * @typedef {object} Listener
 * @property {(ev: Ev) => void} ev  each event once, in order
 * @property {() => void} [synced]  everything up to now was told
 * @property {() => void} reset  the page's copy is too old: load it again
 * @property {() => void} left  no longer readable
 * @property {(peers: Peers) => void} [typing]
 * @property {(peers: Peers) => void} [presence]
 */

/** @typedef {{ last: number, listener: Listener, asked: boolean }} Cursor */
/** @typedef {{ frame: Request & { id: number }, again: boolean, done: (ok: Ok) => void, failed: (error: Refused) => void }} Waiting */

/** Close codes after which nobody comes back; 4001 may be a stale ticket and is tried once more. */
const FINAL = new Set([4000, 4006, 4009]);
const UNAUTHENTICATED = 4001;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** The server pings every 25 seconds; so long without a word means a dead line. */
const SILENCE_MS = 60_000;
/** May be sent twice: the server knows them by nonce, or the second changes nothing. */
const REPEATABLE = new Set(["send", "edit", "remove"]);

/** A request that was not taken. */
export class Refused extends Error {
  /**
   * @param {string} code  of the protocol's list, or `offline`
   * @param {string} message  a sentence for people
   * @param {{ temporary?: boolean, retryMs?: number, detail?: Warning | undefined }} [more]
   */
  constructor(code, message, { temporary = false, retryMs = 0, detail } = {}) {
    super(message);
    this.code = code;
    this.temporary = temporary;
    this.retryMs = retryMs;
    this.detail = detail;
  }
}

/** The page's one socket. Fires `state` whenever `state` changed. */
export class Live extends EventTarget {
  /** @type {State} */
  state = "reconnecting";
  /** Why it is offline for good; empty while it will come back. */
  reason = "";
  /** Who the server says the viewer is. @type {import("./protocol.d.ts").Person | null} */
  member = null;
  /** @type {Map<StreamName, Cursor>} */
  #cursors = new Map();
  /** @type {Map<number, Waiting>} */
  #waiting = new Map();
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {string | undefined} */
  #epoch;
  #id = 0;
  #tries = 0;
  #welcomed = false;
  #opening = false;
  #ended = false;
  #refusedTicket = false;
  #retryMs = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #silence;

  constructor() {
    super();
    addEventListener("online", () => this.#hurry());
    addEventListener("offline", () => this.#socket?.close());
    addEventListener("pageshow", (event) => event.persisted && this.#hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.#hurry());
  }

  /**
   * Follows a stream from a sequence on. Connects when it is the first.
   * @param {StreamName} stream
   * @param {number} after  the head that the page was made with
   * @param {Listener} listener
   */
  follow(stream, after, listener) {
    this.#cursors.set(stream, { last: after, listener, asked: false });
    if (this.#welcomed) this.#subscribe(stream);
    else void this.#open();
  }

  /**
   * The last sequence that was applied.
   * @param {StreamName} stream
   * @returns {number}
   */
  last(stream) {
    return this.#cursors.get(stream)?.last ?? 0;
  }

  /**
   * Asks, and waits for the answer over broken connections if it may be asked twice.
   * @param {Request} frame
   * @returns {Promise<Ok>}
   * @throws {Refused}
   */
  request(frame) {
    this.#id += 1;
    const id = this.#id;
    const again = REPEATABLE.has(frame.t);
    return new Promise((done, failed) => {
      if (this.#ended || (!this.#welcomed && !again)) {
        failed(new Refused("offline", this.reason || "There is no connection.", { temporary: !this.#ended }));
        return;
      }
      const waiting = { frame: { ...frame, id }, again, done, failed };
      this.#waiting.set(id, waiting);
      if (this.#welcomed) this.#send(waiting.frame);
    });
  }

  /** Says something that has no answer; lost when there is no connection. @param {Request} frame */
  tell(frame) {
    if (this.#welcomed) this.#send(frame);
  }

  /** @param {object} frame */
  #send(frame) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  /** @param {State} state */
  #become(state) {
    if (this.state === state) return;
    this.state = state;
    this.dispatchEvent(new Event("state"));
  }

  #hurry() {
    if (this.#socket || this.#ended || this.#cursors.size === 0) return;
    clearTimeout(this.#timer);
    void this.#open();
  }

  async #open() {
    if (this.#opening || this.#socket || this.#ended) return;
    this.#opening = true;
    clearTimeout(this.#timer);
    try {
      const ticket = await this.#ticket();
      if (ticket !== null) this.#connect(ticket);
    } catch {
      this.#later();
    } finally {
      this.#opening = false;
    }
  }

  /** @returns {Promise<string | null>}  nothing when the sign-in is over */
  async #ticket() {
    const response = await fetch("/live/ticket", {
      method: "POST",
      headers: { "X-CSRF-Token": csrf(), Accept: "application/json" },
      signal: AbortSignal.timeout(15_000),
    });
    if (response.status === 401 || response.status === 403) {
      this.#end("You are signed out here. Load the page again to sign in.");
      return null;
    }
    if (!response.ok) {
      this.#retryMs = Number(response.headers.get("Retry-After") ?? 0) * 1000;
      throw new Error("no ticket");
    }
    return /** @type {{ ticket: string }} */ (await response.json()).ticket;
  }

  /** @param {string} ticket */
  #connect(ticket) {
    const socket = new WebSocket(new URL("/live", location.href.replace(/^http/, "ws")));
    this.#socket = socket;
    this.#listen();
    socket.addEventListener("open", () => {
      for (const cursor of this.#cursors.values()) cursor.asked = true;
      const streams = [...this.#cursors].map(([stream, { last }]) => ({ stream, after: last }));
      this.#send({ t: "hello", v: 1, ticket, ...(this.#epoch ? { epoch: this.#epoch } : {}), streams });
    });
    socket.addEventListener("message", (event) => {
      if (socket !== this.#socket) return;
      this.#listen();
      const told = /** @type {Frame | Frame[]} */ (JSON.parse(String(event.data)));
      for (const frame of Array.isArray(told) ? told : [told]) this.#take(frame);
    });
    socket.addEventListener("close", (event) => this.#closed(socket, event.code));
  }

  #listen() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      const socket = this.#socket;
      if (!socket) return;
      socket.close();
      // A dead line answers no close; the waiting would last minutes.
      this.#closed(socket, 0);
    }, SILENCE_MS);
  }

  /** @param {WebSocket} socket @param {number} code */
  #closed(socket, code) {
    if (socket !== this.#socket) return;
    clearTimeout(this.#silence);
    this.#socket = null;
    this.#welcomed = false;
    for (const cursor of this.#cursors.values()) cursor.asked = false;
    for (const [id, waiting] of this.#waiting) {
      if (waiting.again) continue;
      this.#waiting.delete(id);
      waiting.failed(new Refused("offline", "The connection broke.", { temporary: true }));
    }
    if (FINAL.has(code) || (code === UNAUTHENTICATED && this.#refusedTicket)) {
      this.#end(code === 4006 ? "This page is older than the server. Load it again." : "The connection was ended. Load the page again.");
      return;
    }
    this.#refusedTicket = code === UNAUTHENTICATED;
    this.#later();
  }

  /** Full jitter, so that not everyone comes back at once. */
  #later() {
    const most = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#tries);
    const wait = this.#retryMs || Math.max(50, Math.random() * most);
    this.#retryMs = 0;
    this.#tries += 1;
    this.#become(navigator.onLine ? "reconnecting" : "offline");
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#open(), wait);
  }

  /** @param {string} reason */
  #end(reason) {
    this.#ended = true;
    this.reason = reason;
    for (const waiting of this.#waiting.values()) waiting.failed(new Refused("offline", reason));
    this.#waiting.clear();
    this.#become("offline");
  }

  /** @param {Frame} frame */
  #take(frame) {
    switch (frame.t) {
      case "welcome":
        this.member = frame.member;
        return this.#welcome(frame.epoch);
      case "ok":
        return this.#answered(frame.id, (waiting) => waiting.done(frame));
      case "err": {
        const more = { temporary: frame.temporary, retryMs: frame.retry_ms ?? 0, detail: frame.detail };
        return this.#answered(frame.id, (waiting) => waiting.failed(new Refused(frame.code, frame.message, more)));
      }
      case "ev":
        return this.#apply(frame);
      case "synced":
        return this.#synced(frame.stream, frame.seq);
      case "reset":
        return this.#drop(frame.stream, (listener) => (frame.reason === "access" ? listener.left() : listener.reset()));
      case "access":
        return this.#drop(frame.stream, (listener) => listener.left());
      case "typing":
        return this.#cursors.get(frame.stream)?.listener.typing?.(frame);
      case "presence":
        return this.#cursors.get(frame.stream)?.listener.presence?.(frame);
      case "ping":
        return this.#ping(frame.ts, frame.heads);
      case "bye":
        this.#retryMs = frame.retry_ms ?? 0;
        return;
      default:
        return;
    }
  }

  /** @param {string} epoch */
  #welcome(epoch) {
    this.#epoch = epoch;
    this.#welcomed = true;
    this.#tries = 0;
    this.#refusedTicket = false;
    for (const waiting of this.#waiting.values()) this.#send(waiting.frame);
    // Those followed since the hello were not in it.
    for (const stream of this.#cursors.keys()) this.#subscribe(stream);
    this.#become("live");
  }

  /** @param {number | undefined} id @param {(waiting: Waiting) => void} tell */
  #answered(id, tell) {
    const waiting = id === undefined ? undefined : this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(waiting.frame.id);
    tell(waiting);
  }

  /** @param {Ev} ev */
  #apply(ev) {
    const cursor = this.#cursors.get(ev.stream);
    if (!cursor || ev.seq <= cursor.last) return;
    if (ev.seq > cursor.last + 1) {
      this.#subscribe(ev.stream);
      return;
    }
    cursor.last = ev.seq;
    cursor.listener.ev(ev);
  }

  /** @param {StreamName} stream @param {number} seq */
  #synced(stream, seq) {
    const cursor = this.#cursors.get(stream);
    if (!cursor) return;
    cursor.asked = false;
    if (seq > cursor.last) this.#subscribe(stream);
    else cursor.listener.synced?.();
  }

  /** @param {StreamName} stream @param {(listener: Listener) => void} tell */
  #drop(stream, tell) {
    const cursor = this.#cursors.get(stream);
    if (!this.#cursors.delete(stream) || !cursor) return;
    tell(cursor.listener);
  }

  /** Heads show a lost last event, which no gap shows. @param {number} ts @param {Partial<Record<StreamName, number>>} heads */
  #ping(ts, heads) {
    this.#send({ t: "pong", ts });
    for (const [stream, cursor] of this.#cursors) {
      if ((heads[stream] ?? 0) > cursor.last) this.#subscribe(stream);
    }
  }

  /** Asks for everything after the last one, once until it was told. @param {StreamName} stream */
  #subscribe(stream) {
    const cursor = this.#cursors.get(stream);
    if (!cursor || cursor.asked || !this.#welcomed) return;
    cursor.asked = true;
    this.request({ t: "sub", stream, after: cursor.last }).catch((/** @type {unknown} */ error) => {
      cursor.asked = false;
      if (error instanceof Refused && error.code === "offline") return;
      if (error instanceof Refused && error.temporary) setTimeout(() => this.#subscribe(stream), error.retryMs || 5_000);
      else this.#drop(stream, (listener) => listener.left());
    });
  }
}

/** @type {Live | undefined} */
let shared;

/** The socket of this page; the bar of the wordmark shows how it is. @returns {Live} */
export function live() {
  if (shared) return shared;
  const created = new Live();
  shared = created;
  created.addEventListener("state", () => {
    for (const bar of document.querySelectorAll(".brand .bar")) bar.classList.toggle("off", created.state !== "live");
  });
  return created;
}
