/** What the page says last: one line for all outlets, since a dialog silences what is behind it. */
export const voice = $state({ line: "" });
