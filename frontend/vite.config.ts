import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  base: "/static/",
  build: {
    manifest: "manifest.json",
    outDir: "dist",
    assetsInlineLimit: 0,
    rollupOptions: { input: { main: "src/main.ts", room: "src/room.ts" } },
  },
  test: { environment: "happy-dom", include: ["src/**/*.test.ts"] },
});
