import htmx from "htmx.org";

/** Configure htmx for a strict content security policy and call `whenSwapped` on new content. */
export function startHtmx(whenSwapped: (content: HTMLElement) => void): void {
  htmx.config.includeIndicatorStyles = false; // an inline <style> would be blocked
  htmx.config.allowEval = false;
  htmx.config.selfRequestsOnly = true;
  htmx.config.responseHandling = [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    // A refusal (409) or a form with errors (422) is an answer to show, not a failure.
    { code: "409|422", swap: true, error: false },
    { code: "[45]..", swap: false, error: true },
  ];
  htmx.onLoad((content) => whenSwapped(content as HTMLElement));
}
