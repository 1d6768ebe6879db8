import svelte from "eslint-plugin-svelte";
import ts from "typescript-eslint";

const pure = (files, forbidden) => ({
  files,
  rules: { "no-restricted-imports": ["error", { patterns: forbidden }] },
});

export default ts.config(
  { ignores: ["dist/", "node_modules/", "src/protocol/generated.ts"] },
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    rules: {
      "no-restricted-properties": ["error", { property: "innerHTML" }, { property: "outerHTML" }],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { varsIgnorePattern: "^_", argsIgnorePattern: "^_" },
      ],
      "svelte/no-at-html-tags": "error",
      "svelte/no-inline-styles": "error",
      "svelte/no-navigation-without-resolve": "off",
      "svelte/prefer-svelte-reactivity": "off",
    },
  },
  pure(["src/protocol/**"], ["**/state/**", "**/connection/**", "**/screens/**", "**/ui/**"]),
  pure(["src/state/**"], ["**/connection/**", "**/screens/**", "**/ui/**"]),
  pure(["src/connection/**"], ["**/screens/**", "**/ui/**"]),
);
