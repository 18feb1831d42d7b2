// The frames of docs/protocol.md for the type checker. A test holds the names against src/protocol.rs.

/** `r3` a room, `t12` a topic. */
export type StreamName = `r${number}` | `t${number}`;
/** Milliseconds since 1970 UTC. */
export type Moment = number;

export type RequestName =
  "hello" | "sub" | "unsub" | "send" | "edit" | "remove" | "read" | "typing" | "history" | "pong";

export type FrameName =
  "welcome" | "ok" | "err" | "ev" | "synced" | "reset" | "typing" | "presence" | "read" | "ping" | "access" | "bye";

export type EvKind =
  "message" | "post" | "edit" | "removal" | "mask" | "restore" | "join" | "leave" | "place" | "void";

export type ErrorCode =
  "bad_frame" | "unknown_type" | "too_large" | "unauthenticated" | "forbidden" | "not_found" | "not_member" |
  "slow_mode" | "rate_limited" | "unavailable" | "nonce_conflict" | "stale_revision" | "pii_warning" |
  "consent_stale" | "invalid" | "archived" | "locked" | "removed" | "refused" | "internal";

export interface Cursor { stream: StreamName; after?: number }
export interface Consent { token: string; ack: boolean; reason?: "mine" | "public" | "example" | "not_private" }
interface Screened { choice?: "mask" | "ask"; consent?: Consent }

export type Request =
  | { t: "hello"; v: 1; ticket?: string; token?: string; epoch?: string; streams?: Cursor[] }
  | ({ t: "sub"; id?: number } & Cursor)
  | { t: "unsub"; id?: number; stream: StreamName }
  | ({ t: "send"; id?: number; room: number; nonce: string; body: string; reply_to?: number } & Screened)
  | ({ t: "edit"; id?: number; entry: number; rev: number; nonce: string; body: string } & Screened)
  | { t: "remove"; id?: number; entry: number }
  | { t: "read"; stream: StreamName; seq?: number; number?: number }
  | { t: "typing"; room: number; on: boolean }
  | { t: "history"; id?: number; room: number; before?: number; after?: number; limit?: number }
  | { t: "pong"; ts?: Moment };

export interface Person { id: number; name: string; display: string }

export interface Quoted { id: number; number: number; author: Person; excerpt: string }

/** An entry as it stands now, whichever event brings it. */
export interface Entry {
  id: number; number: number; reply_to: Quoted | null; depth: number; author: Person;
  state: "published" | "removed_by_author" | "removed";
  source: string; html: string; excerpt: string; revision: number; masked: number; edited: Moment | null;
}

export interface RoomPlace { title: string; topic_html: string; archived: boolean }
export interface TopicPlace { title: string; slug: string; pinned: boolean; locked: boolean }

interface EvBase { stream: StreamName; seq: number; at: Moment; by?: number; nonce?: string }

export type Ev = EvBase & (
  | { kind: "message" | "post" | "edit" | "removal" | "mask" | "restore"; data: Entry }
  | { kind: "join" | "leave"; data: { member: Person } }
  | { kind: "place"; data: RoomPlace | TopicPlace }
  | { kind: "void" });

/** Offsets count UTF-16 code units in the field as it was sent, as `String.prototype.slice` does. */
export interface Finding {
  field: string; rule: string; label: string; start: number; end: number; why: string;
  action?: "warn" | "mask" | "hold" | "refuse";
}

/** The socket's `detail`, and part of the problem document that HTTP answers. */
export interface Warning {
  findings: Finding[]; consent?: string;
  can_mask: boolean; can_ask: boolean;
}

export interface Published { seq: number; at: Moment; dup: boolean; entry?: number; revision: number }
export interface Held { held: true; review: number; dup: boolean }
export interface Following { head: number; oldest: number; epoch: string }
export interface History { events: Ev[]; more: boolean }

export interface Peers { stream: StreamName; count: number; members: Person[] }

export interface Welcome {
  t: "welcome"; session?: number; member: Person; now: Moment; epoch: string; durability: string; ping_ms: number;
  limits: { streams: number; frames_per_minute: number; frame_bytes: number; behind: number };
  heads: Partial<Record<StreamName, number>>;
}

export type Ok = { t: "ok"; id?: number } & (Published | Held | Following | History | {});

export interface Err {
  t: "err"; id?: number; code: ErrorCode; message: string; temporary: boolean; retry_ms?: number; detail?: Warning;
}

export type Frame =
  | Welcome | Ok | Err
  | ({ t: "ev" } & Ev)
  | { t: "synced"; stream: StreamName; seq: number }
  | { t: "reset"; stream: StreamName; reason: "epoch" | "too_old" | "too_far" | "access"; head: number; oldest: number }
  | ({ t: "typing" } & Peers)
  | ({ t: "presence" } & Peers)
  | { t: "read"; stream: StreamName; seq?: number; number?: number }
  | { t: "ping"; ts: Moment; heads: Partial<Record<StreamName, number>> }
  | { t: "access"; stream: StreamName; state: "left" }
  | { t: "bye"; code: string; reason: string; retry_ms?: number };
