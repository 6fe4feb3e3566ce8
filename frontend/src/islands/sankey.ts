import { SankeyChart, type SankeySeriesOption } from "echarts/charts";
import { AriaComponent, TooltipComponent } from "echarts/components";
import { type ECharts, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([SankeyChart, TooltipComponent, AriaComponent, SVGRenderer]);

/** Who gives what to whom; a name may stand on both sides. */
interface Flows {
  nodes: { name: string; side?: "gives" | "receives" }[];
  links: { source: string; target: string; value: number; label: string }[];
  /** Nodes that stand for several organisations of a type; a click draws them one by one. */
  folded?: { name: string; kind: string }[];
}

const GIVES = "gives:";
const RECEIVES = "receives:";
const RIBBON_WIDTH = 260; // px between the two columns of labels, else they lie on the ribbons
const NODE_WIDTH = 10; // px
const LABEL_DISTANCE = 8; // px between a node and its label
const COLOURS = ["#1f4e8c", "#1a6b4b", "#8a4b08", "#6b3a86", "#0b6277", "#8f2d3c", "#4a5a1c"];

/** Draw the flows as SVG, names beside their nodes or, on a phone, upon the ribbons. */
export function mountSankey(element: HTMLElement, content: unknown): void {
  const flows = content as Flows;
  if (flows.links.length === 0) return;

  const canvas = document.createElement("div");
  element.classList.add("island-sankey");
  element.replaceChildren(canvas);
  let chart: ECharts | undefined;

  const draw = () => {
    const type = typeOf(element);
    const givers = unique(flows.links.map((link) => link.source));
    const receivers = unique(flows.links.map((link) => link.target));
    let left = widest(givers, type) + LABEL_DISTANCE + 4;
    let right = widest(receivers, type) + LABEL_DISTANCE + 4;
    const isNarrow = element.clientWidth < left + RIBBON_WIDTH + right;
    if (isNarrow) left = right = 2;
    const labelWidth = isNarrow ? element.clientWidth / 2 - 2 * NODE_WIDTH : undefined;
    const rows = Math.max(givers.length, receivers.length);
    canvas.style.width = `${element.clientWidth}px`;
    canvas.style.height = `${Math.round(rows * type.line * 1.9 + 2 * type.line)}px`;

    chart?.dispose();
    chart = init(canvas, undefined, { renderer: "svg" });
    chart.on("click", ({ name }) => unfold(flows, bare(name)));
    chart.setOption({
      animation: false,
      aria: { enabled: true },
      textStyle: { fontFamily: type.family, fontSize: type.size },
      // HTML tooltips need inline styles, which the content security policy forbids.
      tooltip: { renderMode: "richText", confine: true, textStyle: { fontSize: type.size } },
      series: [series(flows, givers, receivers, { left, right, type, labelWidth })],
    });
  };

  draw();
  let width = element.clientWidth;
  new ResizeObserver(() => {
    if (element.clientWidth === width) return;
    width = element.clientWidth;
    draw();
  }).observe(element);
  // Large type is an attribute of the root element.
  new MutationObserver(draw).observe(document.documentElement, { attributeFilter: ["data-mode"] });
}

function unfold({ folded }: Flows, name: string): void {
  const group = folded?.find((one) => one.name === name);
  if (!group) return;
  const address = new URL(location.href);
  address.searchParams.set("unfold", group.kind);
  address.hash = "flows";
  location.assign(address);
}

function series(
  flows: Flows,
  givers: string[],
  receivers: string[],
  { left, right, type, labelWidth }: Room,
): SankeySeriesOption {
  const colourOf = (name: string) => COLOURS[givers.indexOf(name) % COLOURS.length] ?? "#1f4e8c";
  return {
    type: "sankey",
    left,
    right,
    top: type.line / 2,
    bottom: type.line / 2,
    nodeWidth: NODE_WIDTH,
    nodeGap: type.line, // labels are one line high, so they never touch
    draggable: false,
    emphasis: { focus: "adjacency" },
    label: {
      fontSize: type.size,
      color: "#1c2430",
      textBorderColor: "#fff",
      textBorderWidth: 3,
      formatter: ({ name }) => bare(name),
      ...(labelWidth ? { width: labelWidth, overflow: "truncate" as const } : {}),
    },
    data: [
      ...givers.map((name) => ({
        name: GIVES + name,
        itemStyle: { color: colourOf(name) },
        label: { position: labelWidth ? ("right" as const) : ("left" as const), distance: LABEL_DISTANCE },
      })),
      ...receivers.map((name) => ({
        name: RECEIVES + name,
        itemStyle: { color: "#5b6675" },
        label: { position: labelWidth ? ("left" as const) : ("right" as const), distance: LABEL_DISTANCE },
      })),
    ],
    links: flows.links.map(({ source, target, value, label }) => ({
      source: GIVES + source,
      target: RECEIVES + target,
      value,
      lineStyle: { color: colourOf(source), opacity: 0.3, curveness: 0.5 },
      tooltip: { formatter: `${source} → ${target}\n${label}` },
    })),
    tooltip: { formatter: (hovered) => (Array.isArray(hovered) ? "" : bare(hovered.name)) },
  };
}

/** Margins beside the nodes; `labelWidth` only where names lie upon the ribbons. */
interface Room {
  left: number; // px
  right: number; // px
  type: Type;
  labelWidth: number | undefined; // px
}

interface Type {
  family: string;
  size: number; // px
  line: number; // px
}

function typeOf(element: HTMLElement): Type {
  const style = getComputedStyle(element);
  const size = Number.parseFloat(style.fontSize);
  return { family: style.fontFamily, size, line: Math.ceil(size * 1.5) };
}

function widest(names: string[], { family, size }: Type): number {
  const pen = document.createElement("canvas").getContext("2d");
  if (!pen) return Math.max(...names.map((name) => name.length)) * size;
  pen.font = `${size}px ${family}`;
  return Math.ceil(Math.max(...names.map((name) => pen.measureText(name).width)));
}

const bare = (name: string) => name.replace(/^(gives|receives):/, "");

const unique = (names: string[]) => [...new Set(names)];
