import type { Content, Words } from "./network/contract";
import { placeLabels } from "./network/labels";
import { layOut, type Point } from "./network/layout";
import { svg } from "./network/svg";
import { zooming } from "./network/view";

const RADIUS = 9; // px
const APART = 30; // px between the middles of two nodes: a finger hits one of them
const SPREAD = 4; // px between the lines of two sources
const COLOURS = ["#1f4e8c", "#1a6b4b", "#8a4b08", "#6b3a86", "#0b6277", "#8f2d3c", "#4a5a1c", "#5b6675"];
const SOURCES = ["commitments", "matters", "projects"];

/** Draw who works with whom; arrow keys go from one organisation to the next. */
export function mountNetwork(element: HTMLElement, content: unknown): void {
  const network = content as Content;
  if (network.ties.length === 0) return;
  element.classList.add("island-network");
  const draw = () => drawIn(element, network);
  draw();
  let width = element.clientWidth;
  new ResizeObserver(() => {
    if (element.clientWidth === width) return;
    width = element.clientWidth;
    draw();
  }).observe(element);
}

function drawIn(element: HTMLElement, network: Content): void {
  const count = network.nodes.length;
  const width = element.clientWidth;
  const height = Math.round(Math.min(Math.max(width * 0.62, 320, Math.sqrt(count) * 56), 900));
  const points = layOut(network, width, height, APART);
  const lines = network.ties.map((tie) => linesOf(tie, points));
  const nodes = network.nodes.map((_node, n) => nodeOf(network, n, points[n]!));
  const picture = svg(
    "svg",
    { class: "network-picture", width, height, role: "group", "aria-label": network.words.choose },
    svg("g", {}, ...lines),
    svg("g", {}, ...nodes),
    svg("g", { "aria-hidden": "true" }, ...labelsOf(element, network, points, width, height)),
  );
  const said = document.createElement("p");
  said.className = "network-said";
  said.setAttribute("aria-live", "polite");
  said.textContent = network.words.choose;
  element.replaceChildren(legend(network.words), zooming(picture, width, height, network.words), picture, said);
  followReader({ element, picture, network, nodes, lines, said });
}

/** One line for each source, side by side, the wider the oftener. */
function linesOf([a, b, ...counts]: Content["ties"][number], points: Point[]): SVGGElement {
  const [from, to] = [points[a]!, points[b]!];
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const [nx, ny] = [-(to.y - from.y) / length, (to.x - from.x) / length];
  const present = SOURCES.map((source, s) => ({ source, n: counts[s] ?? 0 })).filter(({ n }) => n > 0);
  const drawn = present.map(({ source, n }, place) => {
    const aside = (place - (present.length - 1) / 2) * SPREAD;
    const [dx, dy] = [nx * aside, ny * aside];
    return svg("line", {
      class: `tie-${source}`,
      x1: from.x + dx, y1: from.y + dy, x2: to.x + dx, y2: to.y + dy,
      "stroke-width": Math.min(1 + Math.sqrt(n) * 0.8, 5),
    });
  });
  return svg("g", { class: "tie" }, ...drawn);
}

function nodeOf(network: Content, n: number, { x, y }: Point): SVGGElement {
  const { name, group } = network.nodes[n]!;
  return svg(
    "g",
    {
      class: "node", role: "button", tabindex: n === 0 ? 0 : -1, "aria-pressed": "false",
      "aria-label": `${name}，${partnersOf(network, n).length} ${network.words.with}`,
    },
    svg("circle", { class: "reach", cx: x, cy: y, r: APART / 2 }),
    svg("circle", { cx: x, cy: y, r: RADIUS, fill: COLOURS[group % COLOURS.length]! }),
    svg("title", {}, name),
  );
}

function labelsOf(
  element: HTMLElement, network: Content, points: Point[], width: number, height: number,
): SVGTextElement[] {
  const style = getComputedStyle(element);
  const size = Number.parseFloat(style.fontSize) * 0.85;
  const pen = document.createElement("canvas").getContext("2d");
  if (pen) pen.font = `${size}px ${style.fontFamily}`;
  const measure = (text: string) => pen?.measureText(text).width ?? text.length * size;
  const names = network.nodes.map((node) => node.name);
  const ties = names.map((_name, n) => partnersOf(network, n).length);
  const order = names.map((_name, n) => n).sort((a, b) => ties[b]! - ties[a]! || a - b);
  return placeLabels(names, points, order, { radius: RADIUS, size, width, height, measure }).map((label) =>
    svg("text", { x: label.x, y: label.y, "text-anchor": label.anchor, "font-size": size }, label.text),
  );
}

interface Partner {
  node: number;
  counts: number[];
}

function partnersOf({ ties }: Content, n: number): Partner[] {
  return ties
    .filter(([a, b]) => a === n || b === n)
    .map(([a, b, ...counts]) => ({ node: a === n ? b : a, counts }));
}

/** Light up the organisation under the pointer or the focus; Enter keeps it. */
function followReader(parts: {
  element: HTMLElement;
  picture: SVGSVGElement;
  network: Content;
  nodes: SVGGElement[];
  lines: SVGGElement[];
  said: HTMLElement;
}): void {
  const { picture, network, nodes, lines, said } = parts;
  let kept = -1;
  const show = (n: number) => {
    const near = new Set(n < 0 ? [] : [n, ...partnersOf(network, n).map(({ node }) => node)]);
    picture.classList.toggle("is-chosen", n >= 0);
    nodes.forEach((node, at) => node.classList.toggle("is-near", near.has(at)));
    lines.forEach((line, at) => {
      const [a, b] = network.ties[at]!;
      line.classList.toggle("is-near", a === n || b === n);
    });
    said.textContent = n < 0 ? network.words.choose : sentence(network, n);
  };
  const keep = (n: number) => {
    kept = kept === n ? -1 : n;
    nodes.forEach((node, at) => node.setAttribute("aria-pressed", String(at === kept)));
    show(kept);
  };
  const focus = (n: number) => {
    nodes.forEach((node, at) => node.setAttribute("tabindex", at === n ? "0" : "-1"));
    nodes[n]!.focus();
  };
  nodes.forEach((node, n) => {
    node.addEventListener("pointerenter", () => kept < 0 && show(n));
    node.addEventListener("pointerleave", () => kept < 0 && show(-1));
    node.addEventListener("focus", () => show(n));
    node.addEventListener("blur", () => show(kept));
    node.addEventListener("click", () => keep(n));
    node.addEventListener("keydown", (event) => {
      const next = { ArrowRight: n + 1, ArrowDown: n + 1, ArrowLeft: n - 1, ArrowUp: n - 1, Home: 0, End: -1 }[event.key];
      if (next !== undefined) focus((next + nodes.length) % nodes.length);
      else if (event.key === "Enter" || event.key === " ") keep(n);
      else if (event.key === "Escape" && kept >= 0) keep(kept);
      else return;
      event.preventDefault();
    });
  });
}

function sentence({ nodes, ties, words }: Content, n: number): string {
  const partners = partnersOf({ nodes, ties, words }, n).map(({ node, counts }) => {
    const told = counts.map((count, s) => (count ? `${words.sources[s]} ${count}` : "")).filter(Boolean);
    return `${nodes[node]!.name}（${told.join("，")}）`;
  });
  return `${nodes[n]!.name} · ${words.group} ${nodes[n]!.group + 1} · ${words.with} ${partners.length}：${partners.join("、")}`;
}

function legend(words: Words): HTMLElement {
  const list = document.createElement("ul");
  list.className = "network-legend";
  list.append(
    ...SOURCES.map((source, s) => {
      const line = svg("line", { class: `tie-${source}`, x1: 0, y1: 6, x2: 28, y2: 6, "stroke-width": 2.5 });
      const item = document.createElement("li");
      item.append(svg("svg", { width: 28, height: 12, "aria-hidden": "true" }, line), ` ${words.sources[s]}`);
      return item;
    }),
  );
  return list;
}
