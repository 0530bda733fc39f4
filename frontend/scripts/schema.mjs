// The protocol's schema as buf reads it, comments included.

import { fromJson } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const protocol = fileURLToPath(new URL('../../Protocol', import.meta.url));
const buf = fileURLToPath(new URL('../node_modules/.bin/buf', import.meta.url));

export function readSchema() {
    const json = execFileSync(buf, ['build', protocol, '--as-file-descriptor-set', '-o', '-#format=json'], {
        maxBuffer: 64 * 1024 * 1024,
    });
    return fromJson(FileDescriptorSetSchema, JSON.parse(json.toString('utf8')), {
        ignoreUnknownFields: true,
    });
}
