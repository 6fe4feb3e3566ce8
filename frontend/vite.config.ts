import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("."),
  base: "./", // wherever the static files are served from
  build: {
    outDir: here("../src/binglian/web/static/binglian/dist"),
    emptyOutDir: true,
    // Not the default .vite/manifest.json: hidden folders are left out of packages.
    manifest: "manifest.json",
    license: { fileName: "licences.md" }, // of the packages the built files contain
    rolldownOptions: {
      input: here("src/main.ts"),
      output: {
        // Web servers with old tables of types do not serve .mjs, the map's worker, as a script.
        assetFileNames: ({ names }) =>
          names.some((name) => name.endsWith(".mjs"))
            ? "assets/[name]-[hash].js"
            : "assets/[name]-[hash][extname]",
      },
      checks: { eval: false }, // htmx contains one; allowEval is off and the CSP forbids it
    },
    // Older phones: Tabler's light-dark() and oklch() are rewritten for these.
    target: ["chrome111", "safari16.4", "firefox114"],
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
  },
});
