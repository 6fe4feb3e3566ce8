import { type Box, Photo } from "./blurring/photo";

/** Words of the island; `%s` is the number of the photo. */
interface Words {
  photo: string;
  hint: string;
  undo: string;
  remove: string;
  full: string;
}

const TAP = 0.16; // side of the box a tap makes, of the photo's shorter side
const STEP = 0.03; // by which an arrow key moves the cross

/**
 * Chosen photos are shown, made smaller, and faces in them covered, before anything is sent: the
 * files of the input are replaced by what one sees, so what is covered never leaves the phone.
 */
export function mountBlurring(element: HTMLElement, content: unknown): void {
  const words = content as Words;
  const input = document.getElementById(element.dataset["input"] ?? "") as HTMLInputElement | null;
  const form = input?.form;
  if (!input || !form) return;
  const most = Number(element.dataset["most"]);
  let photos: Photo[] = [];
  let writing: Promise<void> = Promise.resolve();
  let isWriting = false;

  const said = document.createElement("p");
  said.className = "form-hint";
  said.setAttribute("role", "status");
  const list = document.createElement("ul");
  list.className = "blurring";
  element.append(said, list);

  /** Put what is on the canvases into the input. */
  const write = () => {
    isWriting = true;
    const turn = writing.then(async () => {
      const chosen = new DataTransfer();
      for (const photo of photos) chosen.items.add(await photo.file());
      input.files = chosen.files;
    });
    writing = turn;
    void turn.finally(() => {
      if (writing === turn) isWriting = false;
    });
  };

  // Nobody sends a photo whose covering is not written yet.
  form.addEventListener("submit", (event) => {
    if (!isWriting) return;
    event.preventDefault();
    void writing.finally(() => form.requestSubmit(event.submitter));
  });

  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    isWriting = true;
    writing = writing.then(async () => {
      for (const file of files) {
        if (photos.length >= most) {
          said.textContent = words.full;
          break;
        }
        photos.push(await Photo.from(file));
      }
      show();
    });
    write();
  });

  const show = () => {
    if (photos.length > 0 && !said.textContent) said.textContent = words.hint;
    if (photos.length === 0) said.textContent = "";
    list.replaceChildren(...photos.map((photo, index) => item(photo, index)));
  };

  const item = (photo: Photo, index: number) => {
    const row = document.createElement("li");
    const name = words.photo.replace("%s", String(index + 1));
    if (photo.canvas) row.append(coverable(photo, `${name}：${words.hint}`));
    else row.append(photo.name);
    const undo = button(`${words.undo}`, `${words.undo}：${name}`, () => {
      photo.uncover();
      write();
    });
    const remove = button(words.remove, `${words.remove}：${name}`, () => {
      photos = photos.filter((other) => other !== photo);
      said.textContent = "";
      show();
      write();
    });
    row.append(...(photo.canvas ? [undo, remove] : [remove]));
    return row;
  };

  const coverable = (photo: Photo, label: string) => {
    const canvas = photo.canvas!;
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", label);
    coverByPointer(canvas, photo, write);
    coverByKeys(canvas, photo, write);
    return canvas;
  };
}

function button(text: string, label: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn";
  made.textContent = text;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}

/** A tap covers a square around it, a drag what is dragged over. */
function coverByPointer(canvas: HTMLCanvasElement, photo: Photo, changed: () => void): void {
  let from: [number, number] | null = null;
  const at = (event: PointerEvent): [number, number] => {
    const seen = canvas.getBoundingClientRect();
    return [(event.clientX - seen.left) / seen.width, (event.clientY - seen.top) / seen.height];
  };
  canvas.onpointerdown = (event) => {
    from = at(event);
    canvas.setPointerCapture(event.pointerId);
  };
  canvas.onpointercancel = () => (from = null); // the finger scrolls the page
  canvas.onpointermove = (event) => {
    if (from && event.pointerType === "mouse") photo.draw(between(from, at(event)));
  };
  canvas.onpointerup = (event) => {
    if (!from) return;
    const box = between(from, at(event));
    const isTap = box.width * photo.width < 12 && box.height * photo.height < 12;
    photo.cover(isTap ? around(from, photo) : box);
    from = null;
    changed();
  };
}

/** The arrow keys move a cross, Enter covers what is around it. */
function coverByKeys(canvas: HTMLCanvasElement, photo: Photo, changed: () => void): void {
  let cross: [number, number] = [0.5, 0.5];
  const moves: Record<string, [number, number]> = {
    ArrowLeft: [-STEP, 0],
    ArrowRight: [STEP, 0],
    ArrowUp: [0, -STEP],
    ArrowDown: [0, STEP],
  };
  canvas.onblur = () => photo.draw();
  canvas.onkeydown = (event) => {
    const move = moves[event.key];
    if (!move && event.key !== "Enter") return;
    event.preventDefault();
    if (move) {
      cross = [inside(cross[0] + move[0]), inside(cross[1] + move[1])];
      photo.draw(around(cross, photo));
    } else {
      photo.cover(around(cross, photo));
      changed();
    }
  };
}

const inside = (share: number) => Math.min(1, Math.max(0, share));

function between(a: [number, number], b: [number, number]): Box {
  const [left, top] = [inside(Math.min(a[0], b[0])), inside(Math.min(a[1], b[1]))];
  const [right, bottom] = [inside(Math.max(a[0], b[0])), inside(Math.max(a[1], b[1]))];
  return { left, top, width: right - left, height: bottom - top };
}

function around([x, y]: [number, number], photo: Photo): Box {
  const side = TAP * Math.min(photo.width, photo.height);
  const [across, down] = [side / photo.width / 2, side / photo.height / 2];
  return between([x - across, y - down], [x + across, y + down]);
}
