import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const FRONTEND = join(import.meta.dirname, '../..');

/** Tests count too: whoever opens a folder reads their names. */
const MAX_FILES = 15;
const MAX_LINES = 400;

/** Written by tools, not by hand. */
const isGenerated = (file: string) => file.startsWith('src/lib/gen/');

const files = ['src', 'scripts']
  .flatMap((folder) =>
    readdirSync(join(FRONTEND, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|svelte|mjs|css|html)$/.test(entry.name))
      .map((entry) => relative(FRONTEND, join(entry.parentPath, entry.name)).replaceAll('\\', '/')),
  )
  .filter((file) => !isGenerated(file));

const folderOf = (file: string) => file.slice(0, file.lastIndexOf('/'));
const folders = [...new Set(files.map(folderOf))];

describe('the source of the page', () => {
  it('is found by this test', () => {
    expect(files).toContain('src/lib/units.ts');
    expect(files).toContain('scripts/docs.mjs');
    expect(files.length).toBeGreaterThan(300);
  });

  it.each(folders)(`%s has at most ${MAX_FILES} files of code`, (folder) => {
    const inside = files.filter((file) => folderOf(file) === folder);
    expect(inside.length, inside.join('\n')).toBeLessThanOrEqual(MAX_FILES);
  });

  it(`has at most ${MAX_LINES} lines a file`, () => {
    const long = files
      .map((file) => ({
        file,
        lines: readFileSync(join(FRONTEND, file), 'utf8').trimEnd().split('\n').length,
      }))
      .filter(({ lines }) => lines > MAX_LINES)
      .map(({ file, lines }) => `${file} has ${lines} lines`);
    expect(long).toEqual([]);
  });
});
