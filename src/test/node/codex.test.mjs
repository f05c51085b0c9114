// Codex CLI runs a harmless command through the gateway and finishes.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gatewayFor, run, scriptedGemini } from './scripted-gemini.mjs';

const CODEX = fileURLToPath(new URL('node_modules/.bin/codex', import.meta.url));
const MODEL = 'gemini-3-flash-preview';
const SIGNATURE = 'c2lnbmF0dXJl';

function partsOf(request) {
    return request.contents.flatMap((content) => content.parts);
}

// First the command, then what it printed.
function answer(request) {
    const results = partsOf(request).filter((part) => part.functionResponse);
    if (results.length > 0) {
        return [{ text: `It printed ${JSON.stringify(results.at(-1).functionResponse.response)}.` }];
    }
    const declared = request.tools?.flatMap((tool) => tool.functionDeclarations ?? []) ?? [];
    const name = declared.find((each) => each.name.startsWith('exec_command'))?.name;
    return [{ functionCall: { id: 'call_first', name, args: { cmd: 'echo harmless-$((40 + 2))' } }, thoughtSignature: SIGNATURE }];
}

test('Codex runs a command and finishes', async () => {
    const gemini = await scriptedGemini(answer);
    const gateway = await gatewayFor(gemini);
    try {
        writeFileSync(path.join(gateway.home, 'config.toml'), `model = "${MODEL}"
model_provider = "gateway"

[model_providers.gateway]
name = "Gateway"
base_url = "${gateway.url}/v1"
env_key = "GATEWAY_API_KEY"
wire_api = "responses"
`);
        const codex = await run(CODEX, ['exec', '--skip-git-repo-check', '--json', '--dangerously-bypass-approvals-and-sandbox', 'Run a harmless command'], {
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
        const call = partsOf(gemini.requests.at(-1)).find((part) => part.functionCall);
        assert.equal(call.thoughtSignature, SIGNATURE, 'the signature has come back through Codex');
    } finally {
        await gateway.close();
        gemini.close();
    }
});
