// Starts a published exchange on data of its own, without limits on how often one may ask.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export async function startExchange(executable, ...flags) {
    const data = mkdtempSync(join(tmpdir(), 'exchange-'));
    const limits = ['orders-per-second', 'changes-per-second', 'queries-per-minute'];
    const process_ = spawn(executable, [
        ...['--port', '0', '--data', data, '--create-markets', 'anyone'],
        ...limits.flatMap((limit) => [`--${limit}`, '100000']),
        ...flags,
    ]);
    let output = '';
    const url = await new Promise((resolve, reject) => {
        const take = (text) => {
            output += text;
            const found = /Exchange is at (\S+)/.exec(output);
            if (found && /Be the admin/.test(output)) resolve(found[1]);
        };
        process_.stdout.on('data', take);
        process_.stderr.on('data', take);
        process_.on('exit', (code) => reject(new Error(`The exchange ended with ${code}: ${output}`)));
    });
    return {
        url,
        setupCode: /setup\?code=(\S+)/.exec(output)[1],
        async stop() {
            const ended = new Promise((resolve) => process_.once('exit', resolve));
            process_.kill('SIGTERM');
            await ended;
            rmSync(data, { recursive: true, force: true });
        },
    };
}
