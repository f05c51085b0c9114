// Gemini CLI runs a harmless command through the gateway and finishes.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { COMMAND, run, runsACommand, SIGNATURE, signatureGivenBack, withAgentGateway } from './scripted-gemini.mjs';

const GEMINI = fileURLToPath(new URL('node_modules/.bin/gemini', import.meta.url));
const answer = runsACommand('run_shell_command', { command: COMMAND, description: 'Prints a word' });

test('Gemini CLI: runs a tool and finishes', { timeout: 240_000 }, () => withAgentGateway(answer, async (gateway, requests) => {
    const settings = path.join(gateway.home, '.gemini');
    mkdirSync(settings);
    writeFileSync(path.join(settings, 'settings.json'), '{"security":{"auth":{"selectedType":"gemini-api-key"}},"telemetry":{"enabled":false}}');
    const gemini = await run(GEMINI, ['-p', 'Run the command', '-m', 'gemini-3-flash-preview', '--approval-mode', 'yolo', '--output-format', 'json'], {
        cwd: gateway.home,
        env: {
            PATH: process.env.PATH,
            HOME: gateway.home,
            GEMINI_API_KEY: 'sk-hydra-local',
            GOOGLE_GEMINI_BASE_URL: gateway.url,
            GEMINI_CLI_TRUST_WORKSPACE: 'true',
        },
        timeout: 120_000,
    });
    assert.equal(gemini.code, 0, gemini.output + gemini.trouble);
    const told = JSON.parse(gemini.output);
    assert.match(told.response, /harmless-42/);
    assert.equal(told.stats.tools.byName.run_shell_command.success, 1, gemini.output);
    assert.equal(signatureGivenBack(requests), SIGNATURE);
}));
