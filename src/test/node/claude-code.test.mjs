// Claude Code runs one harmless command and tells what it printed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { COMMAND, run, runsACommand, SIGNATURE, signatureGivenBack, withAgentGateway } from './scripted-gemini.mjs';

const CLAUDE = fileURLToPath(new URL('node_modules/.bin/claude', import.meta.url));
const answer = runsACommand('Bash', { command: COMMAND, description: 'Prints a word' });

test('Claude Code: runs a tool and finishes', { timeout: 240_000 }, () => withAgentGateway(answer, async (gateway, requests) => {
    const { code, output, trouble } = await run(CLAUDE, ['-p', 'Run the command', '--output-format', 'json', '--allowedTools', 'Bash(printf:*)'], {
        cwd: gateway.home,
        env: {
            PATH: process.env.PATH,
            HOME: gateway.home,
            ANTHROPIC_BASE_URL: gateway.url,
            ANTHROPIC_AUTH_TOKEN: 'sk-hydra-local',
            ANTHROPIC_MODEL: 'claude-sonnet-4-5',
            CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
        },
    });
    assert.equal(code, 0, output + trouble);
    const told = JSON.parse(output);
    assert.equal(told.is_error, false, output);
    assert.match(told.result, /harmless-42/);
    assert.equal(signatureGivenBack(requests), SIGNATURE);
}));
