import { defineConfig } from "vitest/config";
import { ours } from "./vite.config.ts";

/**
 * The screens of a meeting, apart from the rest: what they share with the room would become many
 * small files, and the room's first visit has a budget.
 */
export default defineConfig({
  plugins: ours,
  base: "/static/hall/",
  publicDir: false,
  build: {
    manifest: "manifest.json",
    outDir: "dist/hall",
    assetsInlineLimit: 0,
    rollupOptions: {
      input: { run: "src/run.ts", screen: "src/screen.ts", scribe: "src/scribe.ts" },
    },
  },
});
