// Moments as people say them: "6 minutes ago". Limit: the exact time stays in `title`, and times that stand for a place
// (a chat line's clock, a day's heading) are left as the server wrote them.
// Relies on: `<time datetime title>`; `datetime` with a time of day. `.mt`, `.pt` in chat and `.day` are skipped.

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
/** Older than that the date says more. */
const LONGEST = 30 * DAY;
/** Columns of lists. */
const BRIEF = ".ta, .mob, .qa, .tbl";

const dayOfYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const monthAndYear = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric" });
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "short" });

/**
 * In a column there is no room for words: "6 min", as the server writes it.
 * @param {number} seconds
 * @returns {string}
 */
function brief(seconds) {
  if (seconds < MINUTE) return "now";
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min`;
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)} h`;
  if (seconds < 7 * DAY) return `${Math.floor(seconds / DAY)} d`;
  return (seconds < 300 * DAY ? dayOfYear : monthAndYear).format(Date.now() - seconds * 1000);
}

/**
 * @param {number} seconds  since then; negative for what lies ahead
 * @returns {string | null}  nothing when the date says more
 */
function ago(seconds) {
  const size = Math.abs(seconds);
  const sign = seconds < 0 ? 1 : -1;
  if (size >= LONGEST) return null;
  if (size < MINUTE) return seconds < 0 ? "in a moment" : "just now";
  if (size < HOUR) return relative.format(sign * Math.floor(size / MINUTE), "minute");
  if (size < DAY) return relative.format(sign * Math.floor(size / HOUR), "hour");
  return relative.format(sign * Math.floor(size / DAY), "day");
}

/** The server's words of each element, for when the relative ones end. @type {WeakMap<Element, string>} */
const written = new WeakMap();

/** Rewrites the times of the page. @param {ParentNode} [root] */
export function refresh(root = document) {
  const now = Date.now();
  for (const time of root.querySelectorAll("time[datetime]")) {
    if (!(time instanceof HTMLTimeElement) || !time.dateTime.includes("T") || time.closest(".m, .day")) continue;
    const at = Date.parse(time.dateTime);
    if (Number.isNaN(at)) continue;
    if (!written.has(time)) written.set(time, time.textContent ?? "");
    const seconds = (now - at) / 1000;
    const words = (time.closest(BRIEF) ? brief(seconds) : ago(seconds)) ?? written.get(time) ?? "";
    if (time.textContent !== words) time.textContent = words;
    time.title ||= new Date(at).toLocaleString();
  }
}

/** Starts the one timer of the page. */
export function start() {
  refresh();
  setInterval(() => document.hidden || refresh(), MINUTE * 1000);
  document.addEventListener("visibilitychange", () => document.hidden || refresh());
}
