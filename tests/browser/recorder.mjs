// Everything a browser sends: requests with their bodies, those of workers and beacons too, and frames of sockets.
// Limit: it records; what may not be among it is said by the test.

/** So long a stretch of a value tells something about it. */
const PART = 5;

export class Recorder {
  /** @type {{ what: string, text: string }[]} */
  sent = [];

  /** @param {import("playwright-core").Page} page */
  static async of(page) {
    const recorder = new Recorder();
    const note = (/** @type {string} */ what, /** @type {string} */ text) => recorder.sent.push({ what, text });
    const context = page.context();
    context.on("request", (request) => {
      note(request.url(), JSON.stringify(request.headers()));
      note(request.url(), request.postDataBuffer()?.toString("latin1") ?? "");
      note(request.url(), request.postData() ?? "");
    });
    context.on("serviceworker", (worker) => note(`service worker ${worker.url()}`, worker.url()));
    page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => note(socket.url(), String(payload))));
    // Bodies of beacons are only told here.
    const tools = await context.newCDPSession(page);
    await tools.send("Network.enable", { maxPostDataSize: 1 << 20 });
    tools.on("Network.requestWillBeSent", ({ request }) => {
      const bodies = (request.postDataEntries ?? []).map(({ bytes }) => Buffer.from(bytes ?? "", "base64").toString("utf8"));
      note(request.url, bodies.join("\n"));
    });
    return recorder;
  }

  /**
   * What was sent that holds a part of a value, in any of the ways text is written in requests.
   * @param {string} value
   * @returns {string[]}
   */
  leaks(value) {
    const parts = Array.from({ length: value.length - PART + 1 }, (_, at) => value.slice(at, at + PART));
    const wanted = [...parts, value.replace(/[^a-z0-9]/gi, ""), Buffer.from(value).toString("base64").slice(0, -4)];
    return this.sent.flatMap(({ what, text }) => {
      const ways = [what, text].flatMap((one) => [one, unescaped(one.replaceAll("+", " ")), one.replaceAll('\\"', '"')]);
      return wanted.some((part) => ways.some((way) => way.includes(part))) ? [`${what}: ${text.slice(0, 200)}`] : [];
    });
  }
}

/** @param {string} text */
function unescaped(text) {
  return text.replace(/%([0-9a-f]{2})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
}
