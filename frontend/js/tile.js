// The picture of a member without one, the same as the server draws. Limit: hues, shapes and scattering are those of
// `Avatar` in `src/http/layout.rs`; change both together.

import { draw } from "./page.js";

const HUES = [28, 62, 95, 140, 165, 190, 205, 240, 262, 280, 320, 350];
const SHAPES = [
  "M0 8A8 8 0 0 1 8 0V8Z",
  "M0 0A8 8 0 0 0 8 8H0Z",
  "M0 0H4A4 4 0 0 1 8 4V8H4A4 4 0 0 1 0 4Z",
  "M0 0H4A4 4 0 0 1 0 4ZM8 8H4A4 4 0 0 1 8 4Z",
  "M0 4A4 4 0 0 1 8 4ZM0 8A4 4 0 0 1 8 8Z",
  "M4 0A4 4 0 0 0 4 8ZM8 0A4 4 0 0 0 8 8Z",
  "M0 8A4 4 0 0 1 8 8ZM2.2 2.4a1.8 1.8 0 1 0 3.6 0a1.8 1.8 0 1 0-3.6 0Z",
  "M0 0H8V4A4 4 0 0 1 0 4Z",
  "M0 0L8 8H0ZM6 2.6a1.4 1.4 0 1 0-2.8 0a1.4 1.4 0 1 0 2.8 0Z",
  "M1.2 4a2.8 2.8 0 1 0 5.6 0a2.8 2.8 0 1 0-5.6 0Z",
];
const TURNS = [0, 90, 180, 270];

/** @param {number} id @returns {bigint} */
function scatter(id) {
  let z = BigInt.asUintN(64, BigInt(id) + 0x9e3779b97f4a7c15n);
  z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return z ^ (z >> 31n);
}

/**
 * @template T
 * @param {readonly T[]} of
 * @param {bigint} bits
 * @returns {T | undefined}
 */
function pick(of, bits) {
  return of[Number((bits & 0xffffn) % BigInt(of.length))];
}

/**
 * The tile of a member.
 * @param {number} id
 * @param {string} [size]  `s`, `l`, `xl`, or none
 * @returns {SVGElement}
 */
export function tile(id, size = "") {
  const bits = scatter(id);
  const hue = pick(HUES, bits) ?? 0;
  const tones = [`oklch(.84 .055 ${hue})`, `oklch(.50 .085 ${hue})`];
  if ((bits >> 60n) & 1n) {
    tones.reverse();
  }
  const [back = "", ink = ""] = tones;
  const turn = pick(TURNS, bits >> 32n) ?? 0;
  return draw(
    "svg",
    { class: size ? `av ${size}` : "av", viewBox: "0 0 8 8", "aria-hidden": "true" },
    draw("rect", { width: "8", height: "8", fill: back }),
    draw("path", { transform: `rotate(${turn} 4 4)`, fill: ink, d: pick(SHAPES, bits >> 16n) ?? "" }),
  );
}
