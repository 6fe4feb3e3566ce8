import { send } from "./field/sending";
import { all, put, remove, type Kept } from "./field/store";

interface Field {
  user: string;
  words: Record<"waiting" | "kept" | "sent" | "refused" | "signIn" | "change" | "none", string>;
}

// ms until what waits is tried again: soon after a first failure, then less and less often
const SOONEST = 500;
const LATEST = 20_000;
// Where one finding is says nothing of the next; a hidden field is not emptied by a reset.
const PLACE = ["longitude", "latitude", "plan", "plan_x", "plan_y"];

/**
 * File findings, inspections and days with or without a network: each is kept in the browser first and
 * sent when it can be. A form marked `data-once` is filed a single time; the page of another form
 * that `data-puts-by` names stays at hand too. Without this island the form is an ordinary one.
 */
export function mountField(element: HTMLElement, content: unknown): void {
  const { user, words } = content as Field;
  const form = element.querySelector("form")!;
  const part = (name: string) => element.querySelector<HTMLElement>(`[data-field="${name}"]`)!;
  const key = form.elements.namedItem("key") as HTMLInputElement;
  let isSending = false;
  let pause = SOONEST;
  let again = 0;
  // A page opened from what was put by carries the key of an earlier filing.
  key.value = newKey();
  choose(form, new URLSearchParams(location.search));
  if (!form.querySelector(".invalid-feedback")) proposeDays(form);
  const isOnce = form.dataset["once"] !== undefined;

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const fields = [...new FormData(form).entries()].filter(
      ([name, value]) => name !== "csrfmiddlewaretoken" && name !== "found_at" && isGiven(value),
    );
    const at = new Date().toISOString();
    fields.push(["found_at", at]);
    await put({ key: key.value, user, address: location.pathname, at, fields, problems: [] });
    form.reset();
    for (const name of PLACE) putIn(form, name, "");
    key.value = newKey();
    form.dispatchEvent(new Event("filled"));
    form.hidden = isOnce;
    form.dispatchEvent(new Event("kept", { bubbles: true }));
    part("said").textContent = words.kept;
    part("said").focus();
    await show();
    await sendAll();
  });

  /** Everything that waits, one after the other; a first that finds no network ends it. */
  const sendAll = async () => {
    if (isSending) return;
    isSending = true;
    try {
      const waiting = (await all(user)).filter(({ problems }) => problems.length === 0);
      const csrf = waiting.length > 0 ? await currentToken() : null;
      if (csrf === null) return tryAgain(waiting.length);
      for (const kept of waiting) {
        const outcome = await send(kept, csrf);
        if (outcome.is === "no-network") return tryAgain(1);
        if (outcome.is === "signed-out") {
          part("said").textContent = words.signIn;
          break;
        }
        pause = SOONEST;
        if (outcome.is === "sent") {
          await remove(kept.key);
          tellSent(outcome.number, outcome.url);
        } else await put({ ...kept, problems: outcome.problems });
      }
    } finally {
      isSending = false;
      await show();
    }
  };

  const tryAgain = (waiting: number) => {
    clearTimeout(again);
    if (waiting > 0) again = setTimeout(() => void sendAll(), pause);
    pause = Math.min(pause * 2, LATEST);
  };

  const tellSent = (number: string, url: string) => {
    const line = document.createElement("li");
    const link = document.createElement("a");
    [link.href, link.textContent] = [url, words.sent.replace("%s", number)];
    line.append(link);
    part("sent").append(line);
  };

  const show = async () => {
    const waiting = await all(user);
    const toSend = waiting.filter(({ problems }) => problems.length === 0);
    const count = toSend.length;
    if (isOnce && toSend.some(isOfThisPage)) form.hidden = true;
    part("waiting").textContent = count ? words.waiting.replace("%s", String(count)) : words.none;
    part("refused").replaceChildren(
      ...waiting.filter(({ problems }) => problems.length > 0).map(refusedLine),
    );
  };

  const refusedLine = (kept: Kept) => {
    const line = document.createElement("li");
    const told = words.refused.replace("%s", kept.problems.join(" "));
    if (!isOfThisPage(kept)) {
      const there = document.createElement("a");
      [there.href, there.textContent] = [kept.address, words.change];
      line.append(told, " ", there);
      return line;
    }
    const change = document.createElement("button");
    [change.type, change.className, change.textContent] = ["button", "btn", words.change];
    change.addEventListener("click", async () => {
      form.hidden = false;
      fill(form, kept.fields);
      form.dispatchEvent(new Event("filled"));
      await remove(kept.key);
      await show();
    });
    line.append(told, " ", change);
    return line;
  };

  addEventListener("online", () => {
    pause = SOONEST;
    void sendAll();
  });
  document.addEventListener("visibilitychange", () => document.hidden || void sendAll());
  void show().then(sendAll);
  void putPageBy(form.dataset["putsBy"]);
}

function putIn(form: HTMLFormElement, name: string, value: string): void {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement) field.value = value;
}

const isOfThisPage = ({ address }: Kept) => address === location.pathname;

/** A page opened from what was put by does not know what its address chooses. */
function choose(form: HTMLFormElement, asked: URLSearchParams): void {
  for (const name of ["inspection", "item", "observation"]) {
    const field = form.elements.namedItem(name);
    const value = asked.get(name);
    const isOne = field instanceof HTMLInputElement || field instanceof HTMLSelectElement;
    if (value && isOne) field.value = value;
  }
}

/**
 * The token by which the server knows the session of now: the page may have been opened long ago.
 * `null` while there is no network; empty when somebody must sign in first.
 */
async function currentToken(): Promise<string | null> {
  try {
    const page = await fetch(location.pathname, { cache: "no-store", redirect: "manual" });
    const text = await page.text();
    const read = new DOMParser().parseFromString(text, "text/html");
    return read.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
  } catch {
    return null;
  }
}

const isGiven = (value: string | File) => typeof value === "string" || value.size > 0;

/** A version 4 UUID; `crypto.randomUUID` needs a secure context, which an intranet seldom is. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Put what was filed back into the form, photos too. */
function fill(form: HTMLFormElement, fields: Kept["fields"]): void {
  form.reset();
  const files = new DataTransfer();
  for (const [name, value] of fields) {
    const field = form.elements.namedItem(name);
    if (typeof value !== "string") files.items.add(value);
    else if (field instanceof RadioNodeList) field.value = value;
    else if (field && "value" in field) (field as HTMLInputElement).value = value;
  }
  const photos = form.querySelector<HTMLInputElement>("input[type=file]");
  if (photos) photos.files = files.files;
}

/** Days are proposed from the day on which the page is opened, however long ago it was put by. */
function proposeDays(form: HTMLFormElement): void {
  for (const field of form.querySelectorAll<HTMLInputElement>("[data-days-ahead]")) {
    const day = new Date();
    day.setDate(day.getDate() + Number(field.dataset["daysAhead"]));
    const [year, month, date] = [day.getFullYear(), day.getMonth() + 1, day.getDate()];
    field.defaultValue = `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
  }
}

/** The page, what it leads to and its files stay at hand, so that it opens where there is no network. */
async function putPageBy(other?: string): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register("/field-worker.js", { scope: "/a/" });
  // The map of the pin is fetched before anybody opens it: there may be no network then.
  if (document.querySelector('[data-island="pin"]')) await (await import("./pin/drawing")).ready();
  const files = performance.getEntriesByType("resource").map(({ name }) => name);
  const own = files.filter((name) => name.startsWith(`${location.origin}/static/`));
  for (const { src } of document.querySelectorAll<HTMLImageElement>("img[data-keep]")) own.push(src);
  const kept = await caches.open("field");
  const pages = other ? [location.pathname, other] : [location.pathname];
  await Promise.allSettled([...pages, ...own].map((name) => kept.add(name)));
}
