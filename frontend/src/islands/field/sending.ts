import type { Kept } from "./store";

/** What became of one attempt to send. */
export type Outcome =
  | { is: "sent"; number: string; url: string }
  | { is: "refused"; problems: string[] }
  | { is: "signed-out" }
  | { is: "no-network" };

/**
 * Send one. It carries its own key, so a second arrival is the same finding: when the answer is
 * lost on the way, it is simply sent again.
 */
export async function send(kept: Kept, csrf: string): Promise<Outcome> {
  const body = new FormData();
  for (const [name, value] of kept.fields) body.append(name, value);
  let response: Response;
  try {
    response = await fetch(kept.address, {
      method: "POST",
      body,
      headers: { Accept: "application/json", "X-CSRFToken": csrf },
      redirect: "manual",
    });
  } catch {
    return { is: "no-network" };
  }
  // Sent to the sign-in page, or a token of a session that is over.
  if (response.type === "opaqueredirect" || response.status === 403) return { is: "signed-out" };
  if (response.status >= 500) return { is: "no-network" };
  const told = (await response.json().catch(() => ({}))) as {
    number?: string;
    url?: string;
    problems?: string[];
  };
  if (response.ok && told.number && told.url) {
    return { is: "sent", number: told.number, url: told.url };
  }
  return { is: "refused", problems: told.problems ?? [String(response.status)] };
}
