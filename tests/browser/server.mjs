// A server for one test file, with the sample community unless it is to begin empty. Limit: starts and stops it;
// TACT_BIN names the program.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Filling the sample community takes its time in an unoptimised build. */
const START_MS = 120_000;
const STOP_MS = 10_000;

/** What src/cli/demo names `PASSWORD`. */
export const PASSWORD = "mend-it-well-2026";

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const listener = createServer();
    listener.once("error", reject);
    listener.listen(0, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (listener.address());
      listener.close(() => resolve(port));
    });
  });
}

/**
 * @typedef {object} Server
 * @property {string} url
 * @property {() => string} said  what it printed, the last of it
 * @property {() => Promise<void>} kill  as a crash does
 * @property {() => Promise<void>} again  starts it once more on the same data
 * @property {() => Promise<void>} stop
 */

/**
 * @param {{ demo?: boolean, exempt?: boolean }} [wish]  `demo`: with the sample community; `exempt`: without limits
 * @returns {Promise<Server>}
 */
export async function start({ demo = true, exempt = true } = {}) {
  const program = process.env["TACT_BIN"];
  if (!program) throw new Error("TACT_BIN must name the server's program");
  const port = await freePort();
  const data = await mkdtemp(join(tmpdir(), "tact-browser-"));
  const url = `http://localhost:${port}`;
  const words = ["serve", "--data", data, "--listen", `127.0.0.1:${port}`, "--public-url", url, ...(demo ? ["--demo"] : [])];
  // The server refuses settings it does not know, and those of the tests are none of its own.
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("TACT_"));
  const env = { ...Object.fromEntries(own), ...(exempt ? { TACT_EXEMPT: "127.0.0.1" } : {}) };
  let said = "";
  const run = () => {
    const child = spawn(program, words, { env, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (said = (said + part).slice(-8000)));
    return { child, ended: new Promise((resolve) => child.once("close", resolve)) };
  };
  let { child, ended } = run();
  const kill = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  const stop = async () => {
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
    await ended;
    clearTimeout(late);
    await rm(data, { recursive: true, force: true });
  };
  const up = async () => {
    try {
      await ready(`http://127.0.0.1:${port}/readyz`, port, child);
    } catch (error) {
      await stop();
      throw new Error(`The server did not start. It said:\n${said}`, { cause: error });
    }
  };
  const again = async () => {
    said = "";
    ({ child, ended } = run());
    await up();
  };
  await up();
  return { url, said: () => said, kill, again, stop };
}

/** @param {string} probe @param {number} port @param {import("node:child_process").ChildProcess} child */
async function ready(probe, port, child) {
  const until = Date.now() + START_MS;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    const answer = await fetch(probe, { headers: { Host: `localhost:${port}` }, signal: AbortSignal.timeout(2000) }).catch(() => null);
    if (answer?.ok) return;
    await sleep(100);
  }
  throw new Error("it was not ready in time");
}
