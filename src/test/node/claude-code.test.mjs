// Claude Code runs one harmless command and tells what it printed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gatewayFor, run, scriptedGemini } from './scripted-gemini.mjs';

const CLAUDE = fileURLToPath(new URL('node_modules/.bin/claude', import.meta.url));
const parts = (body) => body.contents.flatMap((content) => content.parts);

function answer(body) {
    const declared = (body.tools ?? []).flatMap((tool) => tool.functionDeclarations ?? []);
    if (!declared.some((tool) => tool.name === 'Bash')) {
        return [{ text: 'A short title' }];
    }
    const result = parts(body).find((part) => part.functionResponse);
    if (result) {
        return [{ text: `The command printed: ${JSON.stringify(result.functionResponse.response)}` }];
    }
    const args = { command: 'echo hydra-was-here', description: 'Prints a word' };
    return [{ functionCall: { id: 'call_bash_1', name: 'Bash', args }, thoughtSignature: 'c2lnbmF0dXJl' }];
}

test('Claude Code runs a tool and finishes', { timeout: 240_000 }, async () => {
    const gemini = await scriptedGemini(answer);
    const gateway = await gatewayFor(gemini);
    try {
        const { code, output, trouble } = await run(CLAUDE, ['-p', 'Run the command', '--output-format', 'json', '--allowedTools', 'Bash(echo:*)'], {
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
        assert.match(told.result, /hydra-was-here/);
        const last = gemini.requests.filter((body) => parts(body).some((part) => part.functionResponse)).at(-1);
        const call = parts(last).find((part) => part.functionCall);
        assert.equal(call.thoughtSignature, 'c2lnbmF0dXJl');
    } finally {
        await gateway.close();
        gemini.close();
    }
});
