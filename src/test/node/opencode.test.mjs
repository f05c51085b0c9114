// OpenCode runs a harmless command through the gateway and finishes; by chat completions, as its configuration for other providers has it.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { COMMAND, run, runsACommand, SIGNATURE, signatureGivenBack, withAgentGateway } from './scripted-gemini.mjs';

const OPENCODE = fileURLToPath(new URL('node_modules/.bin/opencode', import.meta.url));
const MODEL = 'gemini-3-flash-preview';
const answer = runsACommand('bash', { command: COMMAND, description: 'Prints a word' });

test('OpenCode: runs a tool and finishes', { timeout: 240_000 }, () => withAgentGateway(answer, async (gateway, requests) => {
    const settings = path.join(gateway.home, '.config', 'opencode');
    mkdirSync(settings, { recursive: true });
    writeFileSync(path.join(settings, 'opencode.json'), JSON.stringify({
        model: `gateway/${MODEL}`,
        small_model: `gateway/${MODEL}`,
        provider: {
            gateway: {
                npm: '@ai-sdk/openai-compatible',
                name: 'Gateway',
                options: { baseURL: `${gateway.url}/v1`, apiKey: '{env:GATEWAY_API_KEY}' },
                models: { [MODEL]: { name: MODEL, tool_call: true, limit: { context: 1_000_000, output: 60_000 } } },
            },
        },
    }));
    const opencode = await run(OPENCODE, ['run', '--format', 'json', 'Run the command'], {
        cwd: gateway.home,
        env: { PATH: process.env.PATH, HOME: gateway.home, GATEWAY_API_KEY: 'sk-hydra-local' },
        timeout: 120_000,
    });
    assert.equal(opencode.code, 0, opencode.output + opencode.trouble);
    const events = opencode.output.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
    assert.match(events.find((event) => event.type === 'tool_use').part.state.output, /harmless-42/);
    assert.match(events.filter((event) => event.type === 'text').map((event) => event.part.text).join(''), /harmless-42/);
    assert.equal(signatureGivenBack(requests), SIGNATURE);
}));
