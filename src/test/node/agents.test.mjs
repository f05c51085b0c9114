// OpenAI's Agents package against a running `hydra gateway --demo`; HYDRA_URL names it.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Agent, run, setDefaultOpenAIClient, setOpenAIAPI, setTracingDisabled, tool } from '@openai/agents';
import OpenAI from 'openai';
import { z } from 'zod';

before(() => {
    assert.ok(process.env.HYDRA_URL, 'HYDRA_URL must name the running gateway');
});

for (const api of ['responses', 'chat_completions']) {
    test(`OpenAI Agents, ${api}: an agent uses a tool`, async () => {
        setTracingDisabled(true);
        setDefaultOpenAIClient(new OpenAI({ baseURL: `${process.env.HYDRA_URL}/v1`, apiKey: 'sk-hydra-local', maxRetries: 0 }));
        setOpenAIAPI(api);
        let used = 0;
        const agent = new Agent({
            name: 'Weather', instructions: 'Use the tool.', model: 'gemini-3-flash-preview', modelSettings: { toolChoice: 'required' },
            tools: [tool({
                name: 'weather', description: 'Tells the weather', parameters: z.object({ city: z.string() }),
                execute: async () => {
                    used += 1;
                    return 'minus 3';
                },
            })],
        });
        const result = await run(agent, 'What is the weather in Oslo?');
        assert.equal(used, 1);
        assert.match(result.finalOutput, /minus 3/);
    });
}
