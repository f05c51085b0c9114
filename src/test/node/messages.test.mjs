// Anthropic's own package against a running `hydra gateway --demo`; HYDRA_URL names it.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';

let client;
const KEY = 'sk-hydra-local';
const MODEL = 'claude-sonnet-4-5';
const HELLO = [{ role: 'user', content: 'Say hello' }];
const WEATHER = {
    name: 'get_weather',
    description: 'Tells the weather of a city',
    input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};
const THINKING = { type: 'enabled', budget_tokens: 2048 };

before(() => {
    assert.ok(process.env.HYDRA_URL, 'HYDRA_URL must name the running gateway');
    client = new Anthropic({ baseURL: process.env.HYDRA_URL, apiKey: KEY, maxRetries: 0 });
});

const text = (message) => message.content.filter((block) => block.type === 'text').map((block) => block.text).join('');
const calls = (message) => message.content.filter((block) => block.type === 'tool_use');
const results = (message) => calls(message).map((call) => ({ type: 'tool_result', tool_use_id: call.id, content: '{"celsius": -3}' }));

test('@anthropic-ai/sdk: chat', async () => {
    const message = await client.messages.create({ model: MODEL, max_tokens: 4096, messages: HELLO });
    assert.equal(message.type, 'message');
    assert.equal(message.model, MODEL);
    assert.equal(message.stop_reason, 'end_turn');
    assert.ok(text(message).length > 0);
    assert.ok(message.usage.input_tokens > 0 && message.usage.output_tokens > 0);
    assert.match(message._request_id, /^req_/);
});

test('@anthropic-ai/sdk: stream, folded by the SDK', async () => {
    const stream = client.messages.stream({ model: MODEL, max_tokens: 4096, messages: HELLO });
    let said = '';
    stream.on('text', (delta) => { said += delta; });
    const message = await stream.finalMessage();
    assert.ok(said.length > 0);
    assert.equal(text(message), said);
    assert.equal(message.stop_reason, 'end_turn');
    assert.ok(message.usage.input_tokens > 0 && message.usage.output_tokens > 0);
});

test('@anthropic-ai/sdk: tool round trip with thinking, all given back', async () => {
    const messages = [{ role: 'user', content: 'What is the weather in Oslo?' }];
    const ask = { model: MODEL, max_tokens: 8192, thinking: THINKING, tools: [WEATHER], messages };
    const first = await client.messages.stream({ ...ask, tool_choice: { type: 'any' } }).finalMessage();
    assert.equal(first.stop_reason, 'tool_use');
    assert.equal(calls(first)[0].name, 'get_weather');
    assert.equal(typeof calls(first)[0].input.city, 'string');
    for (const block of first.content.filter((each) => each.type === 'thinking')) {
        assert.ok(block.signature.length > 0);
    }
    messages.push({ role: 'assistant', content: first.content }, { role: 'user', content: results(first) });
    const second = await client.messages.create(ask);
    assert.equal(second.stop_reason, 'end_turn');
    assert.match(text(second), /-3/);
});

test('@anthropic-ai/sdk: a tool call and its result without the thinking', async () => {
    const messages = [{ role: 'user', content: 'What is the weather in Oslo?' }];
    const first = await client.messages.create({ model: MODEL, max_tokens: 4096, tools: [WEATHER], tool_choice: { type: 'any' }, messages });
    assert.ok(first.content.every((block) => block.type !== 'thinking'));
    messages.push({ role: 'assistant', content: calls(first) }, { role: 'user', content: results(first) });
    const second = await client.messages.create({ model: MODEL, max_tokens: 4096, tools: [WEATHER], messages });
    assert.match(text(second), /-3/);
});

test('@anthropic-ai/sdk: parallel tools, streamed, with the results in another order', async () => {
    const messages = [{ role: 'user', content: 'Tell weather and time in Oslo' }];
    const tools = [WEATHER, { ...WEATHER, name: 'get_time', description: 'Tells the time of a city' }];
    const first = await client.messages.stream({ model: MODEL, max_tokens: 4096, tools, tool_choice: { type: 'any' }, messages }).finalMessage();
    assert.deepEqual(calls(first).map((call) => call.name).sort(), ['get_time', 'get_weather']);
    const content = calls(first).map((call) => ({ type: 'tool_result', tool_use_id: call.id, content: `${call.name} of 7` }));
    messages.push({ role: 'assistant', content: first.content }, { role: 'user', content: content.reverse() });
    const second = await client.messages.create({ model: MODEL, max_tokens: 4096, tools, messages });
    assert.equal(second.stop_reason, 'end_turn');
    assert.match(text(second), /get_weather of 7/);
    assert.match(text(second), /get_time of 7/);
});

test('@anthropic-ai/sdk: structured output', async () => {
    const schema = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'], additionalProperties: false };
    const message = await client.messages.create({
        model: MODEL,
        max_tokens: 4096,
        messages: [{ role: 'user', content: 'Give me a person' }],
        output_config: { format: { type: 'json_schema', schema } },
    });
    assert.equal(typeof JSON.parse(text(message)).name, 'string');
});

test('@anthropic-ai/sdk: tokens are counted', async () => {
    const short = await client.messages.countTokens({ model: MODEL, messages: HELLO });
    const long = await client.messages.countTokens({ model: MODEL, system: 'Be kind. '.repeat(100), messages: HELLO, tools: [WEATHER] });
    assert.ok(short.input_tokens > 0);
    assert.ok(long.input_tokens > short.input_tokens);
});

test('@anthropic-ai/sdk: models', async () => {
    const ids = [];
    for await (const model of client.models.list()) {
        assert.equal(model.type, 'model');
        ids.push(model.id);
    }
    assert.ok(ids.includes('gemini-2.5-flash'));
    assert.equal((await client.models.retrieve('gemini-2.5-flash')).id, 'gemini-2.5-flash');
});

test('@anthropic-ai/sdk: a wrong request is a 400 that names the field', async () => {
    await assert.rejects(client.messages.create({ model: MODEL, max_tokens: 16, messages: 'hello' }), (error) => {
        assert.equal(error.status, 400);
        assert.equal(error.error.error.type, 'invalid_request_error');
        assert.match(error.message, /messages/);
        assert.match(error.requestID, /^req_/);
        return true;
    });
});

test("@anthropic-ai/sdk: the SDK's own tool loop falls back from a thread to the whole conversation", async () => {
    const runner = client.beta.messages.toolRunner({
        model: MODEL,
        max_tokens: 4096,
        messages: [{ role: 'user', content: 'What is the weather in Oslo?' }],
        tools: [{ ...WEATHER, run: async () => '{"celsius": -3}' }],
        max_iterations: 3,
    });
    assert.match(text(await runner), /-3/);
});
