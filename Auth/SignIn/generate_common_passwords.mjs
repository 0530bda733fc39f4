// Writes common-passwords.bin: node Auth/SignIn/generate_common_passwords.mjs DIRECTORY
//
// DIRECTORY is the unpacked npm package zxcvbn 4.4.2, whose list was counted over passwords that leaked. Of those that are long enough to
// be chosen here, the first five bytes of the SHA-256 of each in small letters, sorted: nothing to read, and one password in a hundred
// million is refused without being on the list.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const BYTES = 5;
const MIN_LENGTH = 8;

const { passwords } = createRequire(import.meta.url)(resolve(process.argv[2], 'lib/frequency_lists.js'));
const chosen = [...new Set(passwords.map((p) => p.toLowerCase()))].filter((p) => p.length >= MIN_LENGTH);
const hashes = chosen.map((p) => createHash('sha256').update(p).digest().subarray(0, BYTES)).sort(Buffer.compare);
writeFileSync(new URL('common-passwords.bin', import.meta.url), Buffer.concat(hashes));
console.log(`${chosen.length} passwords, ${BYTES * hashes.length} bytes`);
