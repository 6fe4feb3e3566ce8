import { firstWordOfHash } from "./hash";

const AT_ONCE = 1500; // hashes between two looks at what else the page has to do

/**
 * `<form data-work="TOKEN" data-work-bits="15">`: while somebody writes, look for a number whose
 * hash together with the token begins with so many zero bits. Machines that send thousands of
 * forms would have to do it thousands of times; people never notice.
 */
export function workWhileWriting(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-work]")) {
    const field = form.querySelector<HTMLInputElement>("input[name=work]");
    const token = form.dataset["work"] ?? "";
    const bits = Number(form.dataset["workBits"]);
    if (!field || !token) continue;
    let next = 0;
    const search = (most: number) => {
      for (const end = next + most; next < end && !field.value; next++) {
        if (firstWordOfHash(`${token}:${next}`) >>> (32 - bits) === 0) field.value = String(next);
      }
    };
    const goOn = () => {
      search(AT_ONCE);
      if (!field.value) setTimeout(goOn);
    };
    form.addEventListener("input", goOn, { once: true });
    form.addEventListener("submit", () => search(Number.POSITIVE_INFINITY));
  }
}
