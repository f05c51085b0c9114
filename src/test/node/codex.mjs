// Codex CLI against a gateway whose Gemini is this script: one prompt that makes it run a harmless command and finish. HYDRA_URL names the gateway,
// GEMINI_PORT the port at which it looks for Gemini.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const MODEL = 'gemini-3-flash-preview';
const SIGNATURE = 'c2lnbmF0dXJl';
const requests = [];
let gemini;
let home;

function answer(request) {
    const results = request.contents.flatMap((content) => content.parts).filter((part) => part.functionResponse);
    const name = request.tools?.flatMap((tool) => tool.functionDeclarations ?? []).find((each) => each.name.startsWith('exec_command'))?.name;
    const parts = results.length > 0
        ? [{ text: `It printed ${JSON.stringify(results.at(-1).functionResponse.response)}.` }]
        : [{ functionCall: { id: 'call_first', name, args: { cmd: 'echo harmless-$((40 + 2))' } }, thoughtSignature: SIGNATURE }];
    return { candidates: [{ content: { role: 'model', parts }, finishReason: 'STOP', index: 0 }],
        usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 5, totalTokenCount: 15 }, modelVersion: MODEL, responseId: 'r' };
}

before(async () => {
    assert.ok(process.env.HYDRA_URL && process.env.GEMINI_PORT, 'HYDRA_URL and GEMINI_PORT must be set');
    gemini = createServer((request, response) => {
        let body = '';
        request.on('data', (piece) => { body += piece; });
        request.on('end', () => {
            if (request.method === 'GET') {
                response.end(JSON.stringify({ models: [{ name: `models/${MODEL}`, supportedGenerationMethods: ['generateContent'] }] }));
                return;
            }
            const asked = JSON.parse(body);
            requests.push(asked);
            response.setHeader('Content-Type', 'text/event-stream');
            response.end(`data: ${JSON.stringify(answer(asked))}\n\n`);
        });
    });
    await new Promise((ready) => { gemini.listen(Number(process.env.GEMINI_PORT), '127.0.0.1', ready); });
    home = mkdtempSync(join(tmpdir(), 'codex-'));
    writeFileSync(join(home, 'config.toml'), `model = "${MODEL}"
model_provider = "gateway"

[model_providers.gateway]
name = "Gateway"
base_url = "${process.env.HYDRA_URL}/v1"
env_key = "GATEWAY_API_KEY"
wire_api = "responses"
`);
});

after(() => {
    gemini?.close();
    if (home) {
        rmSync(home, { recursive: true, force: true });
    }
});

test('Codex runs a command and finishes', async () => {
    const codex = spawn(fileURLToPath(new URL('./node_modules/.bin/codex', import.meta.url)),
        ['exec', '--skip-git-repo-check', '--json', '--dangerously-bypass-approvals-and-sandbox', 'Run a harmless command'],
        { cwd: home, stdio: ['ignore', 'pipe', 'pipe'], timeout: 120_000,
            env: { PATH: process.env.PATH, HOME: home, CODEX_HOME: home, GATEWAY_API_KEY: 'sk-hydra-local' } });
    let output = '';
    let errors = '';
    codex.stdout.on('data', (piece) => { output += piece; });
    codex.stderr.on('data', (piece) => { errors += piece; });
    const code = await new Promise((done) => { codex.on('close', done); });

    assert.equal(code, 0, output + errors);
    const items = output.split('\n').filter(Boolean).map((line) => JSON.parse(line)).filter((event) => event.type === 'item.completed')
        .map((event) => event.item);
    const command = items.find((item) => item.type === 'command_execution');
    assert.equal(command?.exit_code, 0, output);
    assert.match(command.aggregated_output, /harmless-42/);
    assert.match(items.find((item) => item.type === 'agent_message').text, /harmless-42/);
    const calls = requests.at(-1).contents.flatMap((content) => content.parts).filter((part) => part.functionCall);
    assert.equal(calls[0].thoughtSignature, SIGNATURE, 'the signature has come back through Codex');
});
