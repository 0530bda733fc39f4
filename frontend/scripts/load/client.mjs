// A small client of the exchange for scripts: signs up, sends requests, keeps the frames it is told to keep.

import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const generated = (name) => fileURLToPath(new URL(`../../src/lib/gen/${name}.ts`, import.meta.url));
const quiet = { configFile: false, logLevel: 'error' };
const { module: schema } = await runnerImport(generated('exchange_pb'), quiet);

export const PASSWORD = 'correct horse battery';

/** The token of a person, new or known. */
export async function signIn(url, name, setupCode) {
    const ask = (path, body) =>
        fetch(new URL(path, url), {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
        });
    const signedUp = await ask('/auth/sign-up', { name, password: PASSWORD, setup_code: setupCode });
    const answer = signedUp.ok ? signedUp : await ask('/auth/sign-in', { name, password: PASSWORD });
    if (!answer.ok) throw new Error(`${name} can't sign in: ${await answer.text()}`);
    return answer.json();
}

export class Client {
    #socket;
    #lastId = 0n;
    #pending = new Map();
    /** Called with each frame and the bytes it came as. */
    onFrame = () => {};

    static async connect(url, name, setupCode, onFrame = () => {}) {
        const { token } = await signIn(url, name, setupCode);
        const client = new Client();
        client.onFrame = onFrame;
        client.#socket = new WebSocket(new URL('/ws', url).href.replace(/^http/, 'ws'));
        client.#socket.binaryType = 'arraybuffer';
        await new Promise((opened, failed) => {
            client.#socket.onopen = opened;
            client.#socket.onerror = () => failed(new Error(`${url} does not answer.`));
        });
        client.#socket.onmessage = ({ data }) => client.#receive(new Uint8Array(data));
        const ready = new Promise((resolve) => (client.onReady = resolve));
        client.send({ case: 'authenticate', value: { credential: { case: 'accessToken', value: token } } });
        await ready;
        return client;
    }

    /** Without waiting for an answer; a refusal is ignored. */
    send(...requests) {
        const messages = requests.map((request) => create(schema.ClientMessageSchema, { request }));
        this.#write(messages);
    }

    async ask(request) {
        const requestId = ++this.#lastId;
        const answer = new Promise((resolve, reject) => this.#pending.set(requestId, { resolve, reject }));
        this.#write([create(schema.ClientMessageSchema, { requestId, request })]);
        return answer;
    }

    close() {
        this.#socket.close();
    }

    #write(messages) {
        const frame = create(schema.ClientFrameSchema, { messages });
        this.#socket.send(toBinary(schema.ClientFrameSchema, frame));
    }

    #receive(bytes) {
        const frame = fromBinary(schema.ServerFrameSchema, bytes);
        for (const { requestId, event } of frame.messages) {
            if (event.case === 'ready') this.onReady();
            const pending = this.#pending.get(requestId);
            if (!pending) continue;
            this.#pending.delete(requestId);
            if (event.case === 'requestFailed') pending.reject(new Error(event.value.message));
            else pending.resolve(event.value);
        }
        this.onFrame(frame, bytes);
    }
}
