import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Writes each script and style a second and third time, packed: the server sends what is asked. */
function packed(): Plugin {
  return {
    name: "packed",
    writeBundle({ dir = "" }, bundle) {
      for (const name of Object.keys(bundle).filter((name) => /\.(css|js|svg)$/.test(name))) {
        const content = readFileSync(join(dir, name));
        writeFileSync(join(dir, `${name}.gz`), gzipSync(content, { level: 9 }));
        writeFileSync(join(dir, `${name}.br`), brotliCompressSync(content));
      }
    },
  };
}

export default defineConfig({
  root: here("."),
  base: "./", // wherever the static files are served from
  plugins: [packed()],
  build: {
    outDir: here("../src/binglian/web/static/binglian/dist"),
    emptyOutDir: true,
    // Not the default .vite/manifest.json: hidden folders are left out of packages.
    manifest: "manifest.json",
    license: { fileName: "licences.md" }, // of the packages the built files contain
    rolldownOptions: {
      input: { main: here("src/main.ts"), "field-worker": here("src/field-worker.ts") },
      output: {
        // The worker of the field is asked for by its name, from the root of the site.
        entryFileNames: ({ name }) =>
          name === "field-worker" ? "[name].js" : "assets/[name]-[hash].js",
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
