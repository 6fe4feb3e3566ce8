/**
 * Show beside each `<input type="range" data-slider="half-octaves">` the factor it stands for.
 * Also hides what is only for pages without script.
 */
export function showFactors(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>("[data-only-without-script]")) {
    element.hidden = true;
  }
  for (const slider of root.querySelectorAll<HTMLInputElement>("[data-slider=half-octaves]")) {
    const output = root.querySelector<HTMLOutputElement>(`[data-of="${slider.id}"]`);
    const show = () => {
      const factor = `×${(2 ** (slider.valueAsNumber / 2)).toPrecision(2).replace(/\.0$/, "")}`;
      slider.setAttribute("aria-valuetext", factor);
      if (output) output.value = factor;
    };
    slider.addEventListener("input", show);
    show();
  }
}
