// Single keys, as long as nobody is typing text; and presses that come twice by a slip.

type Actions = Record<string, () => void>;

/** The one that works while somebody types, too. With ⌘ where there is one. */
export const PALETTE_KEY = 'Ctrl K';
/** Set a price alert. */
export const ALERT_KEY = 'w';

const layers: Actions[] = [];

/** Adds keys for as long as a component lives; the last one added wins. Returns its removal. */
export function hotkeys(actions: Actions): () => void {
  layers.push(actions);
  return () => void layers.splice(layers.indexOf(actions), 1);
}

/** What a key does now, for those who would rather choose it by name; undefined: nothing. */
export const actionOf = (key: string): (() => void) | undefined =>
  layers.findLast((layer) => key in layer)?.[key];

/** A key that is held down sends no form, and presses no button, again and again. */
function pressesAgain({ key, repeat }: KeyboardEvent, target: HTMLElement): boolean {
  if (!repeat) return false;
  return key === 'Enter' ? !target.closest('textarea, a') : key === ' ' && target.closest('button') !== null;
}

/** Nobody types a letter into a number: it is the key that it is elsewhere. */
function isLetterInNumberField({ key }: KeyboardEvent, target: HTMLElement): boolean {
  return (
    /^[a-z]$/i.test(key) && target.closest('input[inputmode="decimal"], input[inputmode="numeric"]') !== null
  );
}

/**
 * One press is one order: the further clicks of a double or triple click send no form, and press
 * nothing that is marked as `data-once`, be it that same button or what has come to its place.
 */
export function onClick(event: MouseEvent): void {
  if (event.detail < 2) return;
  const button = (event.target as HTMLElement).closest('button');
  if (button?.type !== 'submit' && button?.dataset['once'] === undefined) return;
  event.preventDefault();
  event.stopPropagation();
}

const isOccupied = () => document.querySelector('dialog[open], [role="menu"]') !== null;

export function onKeydown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey) return;
  if (event.ctrlKey || event.metaKey) {
    if (event.key.toLowerCase() !== 'k' || event.shiftKey || isOccupied()) return;
    event.preventDefault();
    if (!event.repeat) actionOf(PALETTE_KEY)?.();
    return;
  }
  const target = event.target as HTMLElement;
  if (pressesAgain(event, target)) return event.preventDefault();
  if (isLetterInNumberField(event, target)) {
    event.preventDefault();
  } else if (target.closest('input, textarea, select, [contenteditable]')) {
    if (event.key === 'Escape') target.blur();
    return;
  }
  if (isOccupied()) return;
  const action = actionOf(event.key);
  if (!action) return;
  event.preventDefault();
  action();
}
