/** What the page gives the island: see web/indicators/network_content.py. */

export interface Content {
  nodes: { name: string; group: number }[];
  /** Two node numbers, then how often: commitments, matters, projects. */
  ties: [number, number, number, number, number][];
  words: Words;
}

export interface Words {
  sources: string[];
  with: string;
  choose: string;
  zoomIn: string;
  zoomOut: string;
  whole: string;
  group: string;
}
