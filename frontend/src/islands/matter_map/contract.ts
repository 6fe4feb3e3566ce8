import type { Feature, MultiPolygon } from "geojson";
import type { Tiles, ZoomWords } from "../ground";

export type Shape = "circle" | "square" | "triangle" | "diamond" | "cross";

/** How matters of one state are drawn: by colour and by shape, for whoever cannot tell colours. */
export interface Kind {
  label: string;
  shape: Shape;
  colour: string;
  /** The page of number 0 of this kind, where kinds have pages of their own. */
  page?: string;
}

/** One matter: longitude, latitude, its kind's place in `kinds`, its key, its number. */
export type Place = [number, number, number, number, string];

export type Area = Feature<MultiPolygon, { name: string; isApproximate: boolean }>;

export interface MatterMap {
  kinds: Kind[];
  places: Place[];
  areas: Area[];
  /** Outlines of places, where they are drawn. */
  outlines?: Feature<MultiPolygon>[];
  /** What ids of the table's rows begin with: «matter» unless it says otherwise. */
  row?: string;
  /** The page of matter 0; the key takes the place of the 0. */
  page: string;
  /** A server of raster tiles, where the operator has named one. */
  tiles: Tiles | null;
  words: ZoomWords & Record<"open" | "several", string>;
}
