// A Gemini API that does what it is told, and a gateway in front of it: for agents, whose tools the simulated Gemini cannot aim at.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const MODELS = ['gemini-pro-latest', 'gemini-flash-latest', 'gemini-flash-lite-latest', 'gemini-2.5-flash', 'gemini-3-flash-preview'];

async function listen(server) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server.address().port;
}

async function freePort() {
    const server = createServer();
    const port = await listen(server);
    server.close();
    return port;
}

export const SIGNATURE = 'c2lnbmF0dXJl';
// The command holds no "harmless-42": who tells it has run the command.
export const COMMAND = "printf 'harmless-%s' 42";

export const partsOf = (request) => request.contents.flatMap((content) => content.parts);

// A model that has an agent run COMMAND with its shell tool and then tells what was printed; requests without that tool get a short title.
export function runsACommand(shell, args) {
    return (request) => {
        const declared = (request.tools ?? []).flatMap((tool) => tool.functionDeclarations ?? []);
        const name = declared.map((tool) => tool.name).find((each) => each.startsWith(shell));
        if (!name) {
            return [{ text: 'A short title' }];
        }
        const results = partsOf(request).filter((part) => part.functionResponse);
        if (results.length > 0) {
            return [{ text: `It printed ${JSON.stringify(results.at(-1).functionResponse.response)}.` }];
        }
        return [{ functionCall: { id: 'call_first', name, args }, thoughtSignature: SIGNATURE }];
    };
}

// The signature of the call in the last request that gave its result back.
export function signatureGivenBack(requests) {
    const last = requests.filter((request) => partsOf(request).some((part) => part.functionResponse)).at(-1);
    return partsOf(last).find((part) => part.functionCall).thoughtSignature;
}

// Answers generateContent in both forms with the parts that `answer` gives for a request.
async function scriptedGemini(answer) {
    const requests = [];
    const server = createServer(async (request, response) => {
        let text = '';
        for await (const piece of request) {
            text += piece;
        }
        if (request.method === 'GET') {
            const models = MODELS.map((name) => ({ name: `models/${name}`, supportedGenerationMethods: ['generateContent', 'countTokens'] }));
            response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ models }));
            return;
        }
        if (request.url.includes(':countTokens')) {
            response.setHeader('Content-Type', 'application/json').end('{"totalTokens":1000}');
            return;
        }
        const body = JSON.parse(text);
        requests.push(body);
        const reply = JSON.stringify({
            candidates: [{ content: { role: 'model', parts: answer(body) }, finishReason: 'STOP', index: 0 }],
            usageMetadata: { promptTokenCount: 1000, candidatesTokenCount: 20, totalTokenCount: 1020 },
            modelVersion: 'scripted',
            responseId: `r${requests.length}`,
        });
        const streamed = request.url.includes(':streamGenerateContent');
        response.setHeader('Content-Type', streamed ? 'text/event-stream' : 'application/json');
        response.end(streamed ? `data: ${reply}\r\n\r\n` : reply);
    });
    const port = await listen(server);
    return { url: `http://127.0.0.1:${port}`, requests, close: () => server.close() };
}

// `./hydra gateway` in front of a Gemini API, with a home of its own.
async function gatewayFor(gemini) {
    const port = await freePort();
    const home = mkdtempSync(path.join(tmpdir(), 'hydra-agent-'));
    const gateway = spawn(path.join(ROOT, 'hydra'), ['gateway', '--port', String(port)], {
        cwd: home,
        env: { PATH: process.env.PATH, HOME: home, HYDRA_HOME: home, HYDRA_GEMINI_URL: gemini.url, GEMINI_API_KEYS: 'agent-key-1' },
        stdio: 'ignore',
    });
    const url = `http://127.0.0.1:${port}`;
    for (let i = 0; i < 240; i++) {
        try {
            if ((await fetch(`${url}/health`)).ok) {
                return {
                    url,
                    home,
                    close: async () => {
                        const ended = once(gateway, 'exit');
                        gateway.kill();
                        await ended;
                    },
                };
            }
        } catch {
            // not yet
        }
        await pause(500);
    }
    gateway.kill();
    throw new Error('the gateway did not start');
}

// `use` gets a gateway in front of a Gemini that answers so, and that Gemini's requests.
export async function withAgentGateway(answer, use) {
    const gemini = await scriptedGemini(answer);
    const gateway = await gatewayFor(gemini);
    try {
        await use(gateway, gemini.requests);
    } finally {
        await gateway.close();
        gemini.close();
    }
}

// Runs a command with a clean environment and nothing to read; gives its output.
export async function run(command, args, options) {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let trouble = '';
    child.stdout.on('data', (data) => { output += data; });
    child.stderr.on('data', (data) => { trouble += data; });
    const [code] = await once(child, 'close');
    return { code, output, trouble };
}
