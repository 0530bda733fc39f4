// The executable to look at, on data and a port of its own; or one that runs already.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PATIENCE_MS = 20_000;

/** Its address, the code of the link that makes the admin, and its end. */
export async function startExchange(executable, more = []) {
    const data = mkdtempSync(join(tmpdir(), 'exchange-screenshots-'));
    const limits = [
        '--orders-per-second',
        '1000000',
        '--queries-per-minute',
        '1000000',
        '--create-markets',
        'anyone',
    ];
    const child = spawn(executable, ['--data', data, '--port', '0', ...limits, ...more], { cwd: data });
    let output = '';
    const started = new Promise((resolve, reject) => {
        const take = (text) => {
            output += text;
            const address = /^Exchange is at (\S+)/m.exec(output)?.[1];
            const code = /setup\?code=(\S+)/.exec(output)?.[1];
            if (address && code) resolve({ address, code });
        };
        child.stdout.on('data', take);
        child.stderr.on('data', take);
        child.on('exit', () => reject(new Error(`The exchange ended:\n${output}`)));
        setTimeout(() => reject(new Error(`The exchange did not start:\n${output}`)), PATIENCE_MS).unref();
    });
    const stop = () =>
        new Promise((resolve) => {
            child.removeAllListeners('exit');
            child.on('exit', () => {
                rmSync(data, { recursive: true, force: true });
                resolve();
            });
            child.kill('SIGTERM');
        });
    return { ...(await started), stop };
}
