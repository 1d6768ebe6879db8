import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import * as icons from "./src/icons/used.ts";

/** Small copies beside each file, for servers that send those to browsers that take them. */
function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    writeBundle({ dir = "dist" }) {
      const files = readdirSync(dir, { recursive: true, encoding: "utf8" });
      for (const file of files.filter((name) => /\.(js|css|svg|json)$/.test(name))) {
        const path = join(dir, file);
        const content = readFileSync(path);
        writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
        writeFileSync(`${path}.br`, brotliCompressSync(content));
      }
    },
  };
}

/** The same icons for the server's templates. */
function iconsForTemplates(): Plugin {
  return {
    name: "icons-for-templates",
    apply: "build",
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "icons.json", source: JSON.stringify(icons) });
    },
  };
}

const SENTENCE = /\bn?gettext\(\s*("(?:[^"\\\\]|\\\\.)*")/g;

/** Which sentences each page's script may say: a page carries the translations of those alone. */
function wordsOfPages(): Plugin {
  return {
    name: "words-of-pages",
    apply: "build",
    generateBundle(_options, bundle) {
      const said = (file: string, seen: Set<string>): string[] => {
        const chunk = bundle[file];
        if (seen.has(file) || chunk?.type !== "chunk") return [];
        seen.add(file);
        const ours = chunk.moduleIds.filter((id) => id.includes("/src/") && existsSync(id));
        const here = ours.flatMap((id) => [...readFileSync(id, "utf8").matchAll(SENTENCE)]);
        return [
          ...here.map((found) => JSON.parse(found[1] ?? "") as string),
          ...[...chunk.imports, ...chunk.dynamicImports].flatMap((one) => said(one, seen)),
        ];
      };
      const pages = Object.values(bundle).flatMap((chunk) =>
        chunk.type === "chunk" && chunk.isEntry
          ? [[chunk.name, [...new Set(said(chunk.fileName, new Set()))].sort()]]
          : [],
      );
      const source = JSON.stringify(Object.fromEntries(pages));
      this.emitFile({ type: "asset", fileName: "words.json", source });
    },
  };
}

/** What every build of ours does. */
export const ours = [svelte(), svelteTesting(), wordsOfPages(), compressed()];

export default defineConfig({
  plugins: [...ours, iconsForTemplates()],
  base: "/static/",
  build: {
    manifest: "manifest.json",
    outDir: "dist",
    assetsInlineLimit: 0,
    rollupOptions: {
      input: {
        agenda: "src/agenda.ts",
        agendaStyles: "src/styles/agenda.css",
        figuresStyles: "src/styles/figures.css",
        main: "src/main.ts",
        notices: "src/notices.ts",
        queue: "src/queue.ts",
        queueStyles: "src/styles/queue.css",
        review: "src/review.ts",
        reviewStyles: "src/styles/review.css",
        room: "src/room.ts",
        styleguide: "src/styles/styleguide.css",
        sw: "src/sw.ts",
        tablet: "src/tablet.ts",
      },
    },
  },
  test: { environment: "happy-dom", include: ["src/**/*.test.ts"] },
});
