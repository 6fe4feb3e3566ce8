/** Where the nodes of a network stand. Without chance: the same network, the same picture. */

export interface Point {
  x: number;
  y: number;
}

interface Network {
  nodes: { group: number }[];
  ties: readonly (readonly number[])[]; // two node numbers, then how often by source
}

const ROUNDS = 220;
const UNTANGLING = 40; // rounds in which nodes only keep their distance
const TURN = Math.PI * (3 - Math.sqrt(5)); // the golden angle: never the same direction twice

/**
 * Fruchterman and Reingold (1991), begun from groups that stand apart; in a box of
 * `width` × `height` pixels, no two nodes nearer than `apart`.
 */
export function layOut(network: Network, width: number, height: number, apart: number): Point[] {
  const points = beginning(network, width, height);
  const ideal = Math.sqrt((width * height) / Math.max(points.length, 1)) * 0.8;
  for (let round = 0; round < ROUNDS; round++) {
    const reach = (Math.min(width, height) / 8) * (1 - round / ROUNDS);
    step(network, points, ideal, reach, width, height);
  }
  fit(points, width, height, apart);
  for (let round = 0; round < UNTANGLING; round++) keepApart(points, width, height, apart);
  return points;
}

/** Groups on a sunflower's spiral, and the nodes of each on a smaller one. */
function beginning({ nodes }: Network, width: number, height: number): Point[] {
  const groups = Math.max(0, ...nodes.map((node) => node.group)) + 1;
  const placed = new Array<number>(groups).fill(0);
  return nodes.map(({ group }) => {
    const member = placed[group]!++;
    const far = Math.sqrt((group + 0.3) / groups) * 0.4;
    const near = Math.sqrt(member + 0.5) * 0.03;
    return {
      x: width * (0.5 + far * Math.cos(group * TURN) + near * Math.cos(member * TURN)),
      y: height * (0.5 + far * Math.sin(group * TURN) + near * Math.sin(member * TURN)),
    };
  });
}

function step(
  { nodes, ties }: Network,
  points: Point[],
  ideal: number,
  reach: number,
  width: number,
  height: number,
): void {
  const pull = points.map(({ x, y }) => ({ x: (width / 2 - x) * 0.06, y: (height / 2 - y) * 0.06 }));
  for (let a = 0; a < points.length; a++) {
    for (let b = a + 1; b < points.length; b++) {
      const [dx, dy, distance] = between(points[a]!, points[b]!, a, b);
      const apart = nodes[a]!.group === nodes[b]!.group ? 1 : 1.5;
      const force = (apart * ideal * ideal) / (distance * distance);
      pull[a]!.x -= dx * force;
      pull[a]!.y -= dy * force;
      pull[b]!.x += dx * force;
      pull[b]!.y += dy * force;
    }
  }
  for (const [a = 0, b = 0, ...counts] of ties) {
    const [dx, dy, distance] = between(points[a]!, points[b]!, a, b);
    const force = (distance / ideal) * Math.min(1.6, 0.7 + 0.2 * Math.log2(sum(counts)));
    pull[a]!.x += dx * force;
    pull[a]!.y += dy * force;
    pull[b]!.x -= dx * force;
    pull[b]!.y -= dy * force;
  }
  points.forEach((point, n) => {
    const { x, y } = pull[n]!;
    const length = Math.hypot(x, y) || 1;
    const far = Math.min(length, reach);
    point.x += (x / length) * far;
    point.y += (y / length) * far;
  });
}

/** From one node to another, and how far; two on one spot are told apart by their numbers. */
function between(from: Point, to: Point, a: number, b: number): [number, number, number] {
  const dx = to.x - from.x || (a - b) * 0.01;
  const dy = to.y - from.y || (b - a) * 0.01;
  return [dx, dy, Math.max(Math.hypot(dx, dy), 1)];
}

/** Stretch to the whole box, with room for a node at each side. */
function fit(points: Point[], width: number, height: number, margin: number): void {
  for (const [axis, size] of [["x", width], ["y", height]] as const) {
    const all = points.map((point) => point[axis]);
    const [least, most] = [Math.min(...all), Math.max(...all)];
    const scale = most > least ? (size - 2 * margin) / (most - least) : 0;
    for (const point of points) {
      point[axis] = scale ? margin + (point[axis] - least) * scale : size / 2;
    }
  }
}

function keepApart(points: Point[], width: number, height: number, apart: number): void {
  for (let a = 0; a < points.length; a++) {
    for (let b = a + 1; b < points.length; b++) {
      const [dx, dy, distance] = between(points[a]!, points[b]!, a, b);
      if (distance >= apart) continue;
      const push = (apart - distance) / 2 / distance;
      points[a]!.x -= dx * push;
      points[a]!.y -= dy * push;
      points[b]!.x += dx * push;
      points[b]!.y += dy * push;
    }
  }
  for (const point of points) {
    point.x = Math.min(Math.max(point.x, apart), width - apart);
    point.y = Math.min(Math.max(point.y, apart), height - apart);
  }
}

const sum = (counts: number[]) => counts.reduce((total, n) => total + n, 0);
