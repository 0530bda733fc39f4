// The executable to look at, on data and a port of its own; or one that runs already.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PATIENCE_MS = 60_000;

/** Its address, the code of the link that makes the admin, and its end. */
export function startExchange(executable, more = []) {
    const limits = [
        '--orders-per-second',
        '1000000',
        '--queries-per-minute',
        '1000000',
        '--create-markets',
        'anyone',
    ];
    return start(executable, [...limits, ...more], (output) => {
        const code = /setup\?code=(\S+)/.exec(output)?.[1];
        return code && { code };
    });
}

/** A made-up week of trading: its address and its end. */
export const startDemo = (executable) => start(executable, ['demo'], () => ({}));

/** @param found What is read from the output besides the address; undefined: it is not there yet. */
async function start(executable, given, found) {
    const data = mkdtempSync(join(tmpdir(), 'exchange-screenshots-'));
    const child = spawn(executable, [...given, '--data', join(data, 'data'), '--port', '0'], { cwd: data });
    let output = '';
    const started = new Promise((resolve, reject) => {
        const take = (text) => {
            output += text;
            const address = /^Exchange is at (\S+)/m.exec(output)?.[1];
            const more = found(output);
            if (address && more) resolve({ address, ...more });
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
