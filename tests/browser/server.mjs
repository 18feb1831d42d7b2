// A server with the sample community, for one test file. Limit: starts and stops it; TACT_BIN names the program.

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

/** @returns {Promise<{ url: string, stop: () => Promise<void> }>} */
export async function start() {
  const program = process.env["TACT_BIN"];
  if (!program) throw new Error("TACT_BIN must name the server's program");
  const port = await freePort();
  const data = await mkdtemp(join(tmpdir(), "tact-browser-"));
  const url = `http://localhost:${port}`;
  const listen = ["--listen", `127.0.0.1:${port}`, "--public-url", url];
  // The server refuses settings it does not know, and those of the tests are none of its own.
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("TACT_"));
  const env = { ...Object.fromEntries(own), TACT_EXEMPT: "127.0.0.1" };
  const child = spawn(program, ["serve", "--data", data, ...listen, "--demo"], { env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (said = (said + part).slice(-8000)));
  const ended = new Promise((resolve) => child.once("close", resolve));
  const stop = async () => {
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
    await ended;
    clearTimeout(late);
    await rm(data, { recursive: true, force: true });
  };
  try {
    await ready(`http://127.0.0.1:${port}/readyz`, port, child);
  } catch (error) {
    await stop();
    throw new Error(`The server did not start. It said:\n${said}`, { cause: error });
  }
  return { url, stop };
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
