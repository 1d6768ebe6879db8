/** What someone typed, and where they were typing, before the scripts came. */

type Field = HTMLInputElement | HTMLTextAreaElement;
const FIELDS = "input[id]:not([type=hidden]), textarea[id]";

/**
 * Fields of `target` that have the same id in `place` keep their words; returns what puts the
 * cursor back once `place` is on the page.
 */
export function carried(target: Element, place: Element): () => void {
  let refocus = (): void => {};
  for (const old of target.querySelectorAll<Field>(FIELDS)) {
    const now = place.querySelector<Field>(`#${CSS.escape(old.id)}`);
    if (!now) continue;
    now.value ||= old.value;
    if (old !== document.activeElement) continue;
    const { selectionStart, selectionEnd } = old;
    refocus = () => {
      now.focus();
      now.setSelectionRange(selectionStart, selectionEnd);
    };
  }
  return refocus;
}
