// The protocol as `npm run docs` reads it from the schema.

export interface Row {
  name: string;
  number: number;
  /** Of a field: "repeated Order". */
  type?: string;
  /** The message or enum that the type names. */
  ref?: string;
  oneof?: string;
  comment: string;
}

export interface Item {
  kind: 'message' | 'enum';
  name: string;
  comment: string;
  rows: Row[];
}

export interface SchemaFile {
  name: string;
  intro: string;
  items: Item[];
}

export async function loadReference(): Promise<SchemaFile[]> {
  return (await import('./protocol.json')).default as SchemaFile[];
}

/** What holds all the words somewhere; files that are left with nothing are left out. */
export function search(files: readonly SchemaFile[], typed: string): SchemaFile[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...files];
  return files
    .map((file) => ({ ...file, items: file.items.filter((item) => holds(item, words)) }))
    .filter(({ items }) => items.length > 0);
}

function holds({ name, comment, rows }: Item, words: readonly string[]): boolean {
  const text = [name, comment, ...rows.map((row) => `${row.name} ${row.type ?? ''} ${row.comment}`)]
    .join('\n')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

export interface Piece {
  text: string;
  /** The item it names, if it is to be a link. */
  ref?: string;
}

/**
 * A comment cut where it names another message. Only names of two words and more: "Order" begins
 * a sentence as often as it names a message.
 */
export function piecesOf(comment: string, names: ReadonlySet<string>): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of comment.matchAll(/\b[A-Z][a-z]+(?:[A-Z][a-z]*)+\b/g)) {
    const [name] = match;
    if (!names.has(name)) continue;
    if (match.index > from) pieces.push({ text: comment.slice(from, match.index) });
    pieces.push({ text: name, ref: name });
    from = match.index + name.length;
  }
  if (from < comment.length) pieces.push({ text: comment.slice(from) });
  return pieces;
}

export interface Block {
  /** Its lines stand as they are: a table, an example. */
  preformatted: boolean;
  text: string;
}

export function blocksOf(comment: string): Block[] {
  return comment
    .split('\n\n')
    .filter(Boolean)
    .map((text) => ({ preformatted: text.startsWith('  '), text: text.replace(/^ {2}/gm, '') }));
}
