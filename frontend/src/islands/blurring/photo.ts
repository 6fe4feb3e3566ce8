/** A part of a photo, in shares of its width and height. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

const LONGEST = 2048; // px; the server keeps no more
const COARSE = 5; // squares across what is covered: too few to tell one face from another

/** A chosen photo and what is covered in it; `canvas` is null where the browser cannot read it. */
export class Photo {
  readonly canvas: HTMLCanvasElement | null;
  private boxes: Box[] = [];

  private constructor(
    private readonly original: File,
    private readonly bitmap: ImageBitmap | null,
  ) {
    this.canvas = bitmap ? document.createElement("canvas") : null;
    if (!bitmap || !this.canvas) return;
    const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
    this.canvas.width = Math.round(bitmap.width * scale);
    this.canvas.height = Math.round(bitmap.height * scale);
    this.draw();
  }

  static async from(file: File): Promise<Photo> {
    try {
      return new Photo(file, await createImageBitmap(file, { imageOrientation: "from-image" }));
    } catch {
      return new Photo(file, null); // the server says what is wrong with it
    }
  }

  get name(): string {
    return this.original.name;
  }

  get width(): number {
    return this.canvas?.width ?? 1;
  }

  get height(): number {
    return this.canvas?.height ?? 1;
  }

  cover(box: Box): void {
    this.boxes.push(box);
    this.draw();
  }

  /** Take the last covering back. */
  uncover(): void {
    this.boxes.pop();
    this.draw();
  }

  /** The photo with what is covered, and a frame around what is being chosen. */
  draw(frame?: Box): void {
    const pen = this.canvas?.getContext("2d");
    if (!pen || !this.bitmap) return;
    pen.drawImage(this.bitmap, 0, 0, this.width, this.height);
    for (const box of this.boxes) this.coarsen(pen, box);
    if (!frame) return;
    pen.strokeStyle = "#fff";
    pen.lineWidth = Math.max(4, this.width / 200);
    pen.strokeRect(
      frame.left * this.width,
      frame.top * this.height,
      frame.width * this.width,
      frame.height * this.height,
    );
  }

  /** What is sent: the pixels one sees, without what the camera wrote beside them. */
  file(): Promise<File> {
    this.draw();
    return new Promise((give) => {
      if (!this.canvas) return give(this.original);
      const name = this.original.name.replace(/\.\w+$/, "") + ".jpg";
      this.canvas.toBlob(
        (blob) => give(blob ? new File([blob], name, { type: "image/jpeg" }) : this.original),
        "image/jpeg",
        0.85,
      );
    });
  }

  private coarsen(pen: CanvasRenderingContext2D, box: Box): void {
    const [x, y] = [box.left * this.width, box.top * this.height];
    const [width, height] = [box.width * this.width, box.height * this.height];
    if (width < 1 || height < 1) return;
    const small = document.createElement("canvas");
    small.width = small.height = COARSE;
    const smallPen = small.getContext("2d")!;
    smallPen.imageSmoothingQuality = "high";
    smallPen.drawImage(this.canvas!, x, y, width, height, 0, 0, COARSE, COARSE);
    pen.imageSmoothingEnabled = false;
    pen.drawImage(small, x, y, width, height);
    pen.imageSmoothingEnabled = true;
  }
}
