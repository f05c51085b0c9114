// Codex CLI runs a harmless command through the gateway and finishes.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { COMMAND, run, runsACommand, SIGNATURE, signatureGivenBack, withAgentGateway } from './scripted-gemini.mjs';

const CODEX = fileURLToPath(new URL('node_modules/.bin/codex', import.meta.url));
const answer = runsACommand('exec_command', { cmd: COMMAND });

test('Codex: runs a tool and finishes', () => withAgentGateway(answer, async (gateway, requests) => {
    writeFileSync(path.join(gateway.home, 'config.toml'), `model = "gemini-3-flash-preview"
model_provider = "gateway"

[model_providers.gateway]
name = "Gateway"
base_url = "${gateway.url}/v1"
env_key = "GATEWAY_API_KEY"
wire_api = "responses"
`);
    const codex = await run(CODEX, ['exec', '--skip-git-repo-check', '--json', '--dangerously-bypass-approvals-and-sandbox', 'Run the command'], {
        cwd: gateway.home,
        env: { PATH: process.env.PATH, HOME: gateway.home, CODEX_HOME: gateway.home, GATEWAY_API_KEY: 'sk-hydra-local' },
        timeout: 120_000,
    });
    assert.equal(codex.code, 0, codex.output + codex.trouble);
    const items = codex.output.split('\n').filter(Boolean).map((line) => JSON.parse(line)).filter((event) => event.type === 'item.completed')
        .map((event) => event.item);
    const command = items.find((item) => item.type === 'command_execution');
    assert.equal(command?.exit_code, 0, codex.output);
    assert.match(command.aggregated_output, /harmless-42/);
    assert.match(items.find((item) => item.type === 'agent_message').text, /harmless-42/);
    assert.equal(signatureGivenBack(requests), SIGNATURE, 'the signature has come back through Codex');
}));
