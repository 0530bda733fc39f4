// Enough of a client to make data with: requests in turn, each with its one answer.

import { create, createFileRegistry, fromBinary, toBinary } from '@bufbuild/protobuf';
import { readSchema } from '../schema.mjs';

const registry = createFileRegistry(readSchema());
const message = (name) => registry.getMessage(`exchange.v1.${name}`);
const [ClientFrame, ServerFrame] = [message('ClientFrame'), message('ServerFrame')];

export const PASSWORD = 'correct horse battery';

/** Signs somebody up; the token. */
export async function signUp(address, name, setupCode) {
    const body = { name, password: PASSWORD, ...(setupCode ? { setup_code: setupCode } : {}) };
    const send = (path) =>
        fetch(new URL(path, address), {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
        });
    const response = await send('/auth/sign-up');
    const answer = await (response.ok ? response : await send('/auth/sign-in')).json();
    if (!answer.token) throw new Error(`${name}: ${JSON.stringify(answer)}`);
    return answer.token;
}

export class Client {
    #socket;
    #waiting = new Map();
    #lastId = 0n;
    accountId = 0n;
    accounts = new Map();

    static async connect(address, accessToken) {
        const client = new Client();
        const url = new URL('/ws', address);
        url.protocol = 'ws:';
        client.#socket = new WebSocket(url);
        client.#socket.binaryType = 'arraybuffer';
        client.#socket.onmessage = ({ data }) => client.#receive(new Uint8Array(data));
        await new Promise((resolve, reject) => {
            client.#socket.onopen = resolve;
            client.#socket.onerror = () => reject(new Error(`No exchange at ${address}`));
        });
        const ready = new Promise((resolve) => (client.onReady = resolve));
        const { accountId } = await client.do('authenticate', {
            credential: { case: 'accessToken', value: accessToken },
        });
        client.accountId = accountId;
        await ready;
        return client;
    }

    /** The answer's value; a refusal is thrown. */
    do(request, value = {}) {
        const requestId = ++this.#lastId;
        const init = { requestId, request: { case: request, value: create(this.#schemaOf(request), value) } };
        const frame = create(ClientFrame, { messages: [create(message('ClientMessage'), init)] });
        return new Promise((resolve, reject) => {
            this.#waiting.set(requestId, { resolve, reject, request });
            this.#socket.send(toBinary(ClientFrame, frame));
        });
    }

    close() {
        this.#socket.close();
    }

    #schemaOf(request) {
        return message('ClientMessage').fields.find(({ localName }) => localName === request).message;
    }

    #receive(bytes) {
        for (const { requestId, event } of fromBinary(ServerFrame, bytes).messages) {
            if (event.case === 'ready') this.onReady?.();
            if (event.case === 'roomSnapshot')
                for (const { accountId, name } of event.value.accounts) this.accounts.set(name, accountId);
            const waiting = this.#waiting.get(requestId);
            if (!waiting) continue;
            this.#waiting.delete(requestId);
            if (event.case === 'requestFailed')
                waiting.reject(new Error(`${waiting.request}: ${event.value.message}`));
            else waiting.resolve(event.value);
        }
    }
}
