/**
 * Keeps the form of the field at hand where there is no network. It answers only for pages and
 * files the form itself put by (`islands/field.ts`); everything else goes its usual way.
 */
/// <reference lib="webworker" />
export {};
declare const self: ServiceWorkerGlobalScope;

const KEPT = "field";

self.addEventListener("install", () => void self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  // Whoever signs out leaves no page behind on the phone.
  if (request.method === "POST" && new URL(request.url).pathname.endsWith("/logout/")) {
    event.waitUntil(caches.delete(KEPT));
  }
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(fetch(request).catch((reason: unknown) => keptOrThrow(request, reason)));
});

async function keptOrThrow(request: Request, reason: unknown): Promise<Response> {
  // A form opened for one point of a checklist is the same page with something chosen.
  const loosely = { ignoreVary: true, ignoreSearch: request.mode === "navigate" };
  const kept = await (await caches.open(KEPT)).match(request, loosely);
  if (kept) return kept;
  throw reason;
}
