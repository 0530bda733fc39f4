// The protocol for people to read, from the schema's own comments:
//   ../docs/protocol.md           for whoever reads the repository
//   src/lib/docs/protocol.json    for the page /docs
//
//   npm run docs              writes both
//   npm run docs -- --check   fails if they are not what the schema gives

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FieldDescriptorProto_Label, FieldDescriptorProto_Type as Type } from '@bufbuild/protobuf/wkt';
import { readSchema } from './schema.mjs';

// Numbers of fields in descriptor.proto, by which comments are found.
const FILE_MESSAGES = 4;
const FILE_ENUMS = 5;
const FILE_SYNTAX = 12;
const MESSAGE_FIELDS = 2;
const MESSAGE_NESTED = 3;
const MESSAGE_ENUMS = 4;
const ENUM_VALUES = 2;

/** In the order a reader needs them: the frame of it all first. */
const ORDER = ['exchange', 'session', 'orders', 'markets', 'rooms', 'money', 'keys', 'history', 'failures'];

const files = readSchema().file.filter(({ package: name }) => name === 'exchange.v1');
const rank = ({ name }) => {
    const index = ORDER.indexOf(name.replace('.proto', ''));
    return index < 0 ? ORDER.length : index;
};

function describeFile(file) {
    const comments = new Map();
    const detached = new Map();
    for (const location of file.sourceCodeInfo?.location ?? []) {
        const key = location.path.join('.');
        comments.set(key, tidy(location.leadingComments || location.trailingComments));
        detached.set(key, location.leadingDetachedComments.map(tidy));
    }
    const commentAt = (...path) => comments.get(path.join('.')) ?? '';

    const items = [];
    const addEnum = (described, prefix, path) =>
        items.push({
            kind: 'enum',
            name: prefix + described.name,
            comment: commentAt(...path),
            rows: described.value.map(({ name, number }, index) => ({
                name,
                number,
                comment: commentAt(...path, ENUM_VALUES, index),
            })),
        });
    const addMessage = (message, prefix, path) => {
        items.push({
            kind: 'message',
            name: prefix + message.name,
            comment: commentAt(...path),
            rows: message.field.map((field, index) => ({
                name: field.name,
                number: field.number,
                ...typeOf(field),
                ...oneofOf(field, message),
                comment: commentAt(...path, MESSAGE_FIELDS, index),
            })),
        });
        message.enumType.forEach((nested, index) =>
            addEnum(nested, `${prefix}${message.name}.`, [...path, MESSAGE_ENUMS, index]),
        );
        message.nestedType.forEach((nested, index) =>
            addMessage(nested, `${prefix}${message.name}.`, [...path, MESSAGE_NESTED, index]),
        );
    };
    file.messageType.forEach((message, index) => addMessage(message, '', [FILE_MESSAGES, index]));
    file.enumType.forEach((described, index) => addEnum(described, '', [FILE_ENUMS, index]));
    const intro = [...(detached.get(String(FILE_SYNTAX)) ?? []), commentAt(FILE_SYNTAX)].filter(Boolean);
    return { name: file.name, intro: intro.join('\n\n'), items: inSourceOrder(file, items) };
}

/** Messages and enums as they stand in the file, which is how they are meant to be read. */
function inSourceOrder(file, items) {
    const lineOf = new Map();
    for (const { path, span } of file.sourceCodeInfo?.location ?? []) {
        const name = nameAt(file, path);
        if (name) lineOf.set(name, span[0]);
    }
    return items.sort((a, b) => lineOf.get(a.name) - lineOf.get(b.name));
}

function nameAt(file, [kind, index, ...deeper]) {
    if (kind === FILE_ENUMS && deeper.length === 0) return file.enumType[index].name;
    if (kind !== FILE_MESSAGES || index === undefined) return undefined;
    let message = file.messageType[index];
    let name = message.name;
    while (deeper.length > 0) {
        const [what, which] = deeper.splice(0, 2);
        if (what === MESSAGE_NESTED && which !== undefined) message = message.nestedType[which];
        else if (what === MESSAGE_ENUMS && which !== undefined && deeper.length === 0)
            return `${name}.${message.enumType[which].name}`;
        else return undefined;
        name += `.${message.name}`;
    }
    return name;
}

function typeOf(field) {
    const repeated = field.label === FieldDescriptorProto_Label.REPEATED;
    const named = field.typeName ? field.typeName.replace('.exchange.v1.', '') : undefined;
    const plain = named ?? Type[field.type].toLowerCase();
    return {
        type: `${repeated ? 'repeated ' : field.proto3Optional ? 'optional ' : ''}${plain}`,
        ...(named ? { ref: named } : {}),
    };
}

function oneofOf(field, message) {
    // Of a field that is in none, the index is a default on the prototype.
    if (!Object.hasOwn(field, 'oneofIndex') || field.proto3Optional) return {};
    return { oneof: message.oneofDecl[field.oneofIndex].name };
}

/** Without the space after the slashes, and without the lines that only break a sentence. */
function tidy(comment) {
    const lines = comment.split('\n').map((line) => line.replace(/^ /, '').trimEnd());
    const blocks = [];
    let preformatted;
    for (const line of lines) {
        if (line === '') {
            preformatted = undefined;
            continue;
        }
        const isPreformatted = line.startsWith('  ');
        if (isPreformatted === preformatted)
            blocks[blocks.length - 1] +=
                (isPreformatted ? '\n' : ' ') + (isPreformatted ? line : line.trim());
        else blocks.push(line);
        preformatted = isPreformatted;
    }
    return blocks.join('\n\n');
}

// Markdown.

const anchorOf = (name) => name.toLowerCase().replaceAll('.', '');
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n\n', '<br>');
const block = (text) =>
    text.replace(
        /(^|\n\n)((?: {2}.*(?:\n|$))+)/g,
        (_, gap, code) => `${gap}\`\`\`\n${code.trimEnd()}\n\`\`\`\n`,
    );

function markdownOf(described) {
    const lines = [
        '# The protocol',
        '',
        'Written by `npm run docs` in `frontend/` from the comments in `Protocol/*.proto`: change it there.',
    ];
    for (const { name, intro, items } of described) {
        lines.push('', `## ${name}`, '', block(intro));
        for (const item of items) {
            lines.push('', `### ${item.name}`, '', `*${item.kind}*`);
            if (item.comment) lines.push('', block(item.comment));
            if (item.rows.length === 0) continue;
            const isEnum = item.kind === 'enum';
            lines.push(
                '',
                isEnum ? '| value | number | |' : '| field | number | type | |',
                isEnum ? '| --- | --- | --- |' : '| --- | --- | --- | --- |',
            );
            for (const { name: row, number, type, ref, oneof, comment } of item.rows) {
                const shown =
                    type &&
                    (ref ? `${type.slice(0, type.length - ref.length)}[${ref}](#${anchorOf(ref)})` : type);
                const one = oneof ? `one of \`${oneof}\`. ` : '';
                const cells = isEnum
                    ? [`\`${row}\``, number, cell(comment)]
                    : [`\`${row}\``, number, shown, one + cell(comment)];
                lines.push(`| ${cells.join(' | ')} |`.replace(/ +\|$/, ' |'));
            }
        }
    }
    return lines.join('\n') + '\n';
}

const described = files.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name)).map(describeFile);
const outputs = [
    ['../../docs/protocol.md', markdownOf(described)],
    ['../src/lib/docs/protocol.json', JSON.stringify(described, undefined, 1) + '\n'],
];

const checking = process.argv.includes('--check');
let stale = false;
for (const [relative, content] of outputs) {
    const path = fileURLToPath(new URL(relative, import.meta.url));
    if (!checking) {
        writeFileSync(path, content);
        continue;
    }
    let before = '';
    try {
        before = readFileSync(path, 'utf8');
    } catch {
        // Not there: as stale as can be.
    }
    if (before === content) continue;
    stale = true;
    console.error(`${relative.replace(/^(\.\.\/)+/, '')} is not what the schema gives: run npm run docs.`);
}
if (stale) process.exit(1);
