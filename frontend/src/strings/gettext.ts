/** The page carries the translations of its language; the sentence itself is the key. */

let catalogue: Record<string, string | string[]> = {};

export function load(text: string | null | undefined): void {
  catalogue = text ? (JSON.parse(text) as typeof catalogue) : {};
}

type Values = Record<string, string | number>;

export function gettext(message: string, values: Values = {}): string {
  const found = catalogue[message];
  return filled(typeof found === "string" && found ? found : message, values);
}

/** English and Dutch share the rule: one, or any other number. */
export function ngettext(one: string, many: string, n: number): string {
  const found = catalogue[one];
  const forms = Array.isArray(found) ? found : [one, many];
  return filled(forms[n === 1 ? 0 : 1] ?? many, { n });
}

function filled(text: string, values: Values): string {
  return text.replace(/%\((\w+)\)s/g, (_, name: string) => String(values[name] ?? ""));
}
