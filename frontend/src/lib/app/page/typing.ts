// Whether something stands in a field that nobody has sent yet.

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const touched = new Set<Field>();

/** What is chosen or searched for is found again in a moment. */
const KEEPS_NOTHING = new Set(['radio', 'range', 'search']);

/** From then on fields are remembered that somebody has changed. Returns its end. */
export function watchTyping(): () => void {
  const changed = ({ target }: Event) => {
    const field = target as Field;
    if (!KEEPS_NOTHING.has(field.type)) touched.add(field);
  };
  document.addEventListener('input', changed, true);
  return () => document.removeEventListener('input', changed, true);
}

/** A dialog is open, or a field that was changed is still there and holds more than it does by itself. */
export function isBeingTyped(): boolean {
  if (document.querySelector('dialog[open], [role="dialog"], [role="menu"]')) return true;
  for (const field of touched) if (!field.isConnected) touched.delete(field);
  return [...touched].some(({ value, dataset }) => value !== (dataset['usual'] ?? ''));
}
