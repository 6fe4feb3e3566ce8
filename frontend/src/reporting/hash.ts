/**
 * SHA-256 (FIPS 180-4) of a text of ASCII characters: the first of its eight words.
 * The browser's own needs a secure context, which a closed intranet seldom is.
 */
export function firstWordOfHash(text: string): number {
  const length = text.length;
  const words = new Uint32Array((((length + 8) >> 6) + 1) << 4);
  for (let i = 0; i < length; i++) {
    words[i >> 2] = (words[i >> 2] ?? 0) | (text.charCodeAt(i) << (24 - 8 * (i & 3)));
  }
  words[length >> 2] = (words[length >> 2] ?? 0) | (0x80 << (24 - 8 * (length & 3)));
  words[words.length - 1] = length * 8;
  const state = Uint32Array.from(START);
  for (let from = 0; from < words.length; from += 16) mixIn(state, words.subarray(from, from + 16));
  return state[0] ?? 0;
}

const PRIMES = firstPrimes(64);
const START = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const ROUND = Uint32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));
const schedule = new Uint32Array(64);

function mixIn(state: Uint32Array, block: Uint32Array): void {
  const w = schedule;
  w.set(block);
  for (let i = 16; i < 64; i++) {
    const [early, late] = [w[i - 15]!, w[i - 2]!];
    const low = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
    const high = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
    w[i] = w[i - 16]! + low + w[i - 7]! + high;
  }
  let [a, b, c, d, e, f, g, h] = [...state] as [
    number, number, number, number, number, number, number, number,
  ];
  for (let i = 0; i < 64; i++) {
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + ROUND[i]! + w[i]!) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] = state[i]! + word));
}

const turn = (word: number, bits: number) => (word >>> bits) | (word << (32 - bits));

/** The first 32 bits behind the point. */
function fraction(number: number): number {
  return Math.floor((number - Math.floor(number)) * 2 ** 32);
}

function firstPrimes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) {
    if (found.every((prime) => n % prime !== 0)) found.push(n);
  }
  return found;
}
