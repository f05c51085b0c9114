// Anthropic's own package, the Vercel AI SDK and LangChain against a running `hydra gateway --demo`; HYDRA_URL names it.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import { createAnthropic } from '@ai-sdk/anthropic';
import { ChatAnthropic } from '@langchain/anthropic';
import { generateText, stepCountIs, streamText, tool } from 'ai';
import { z } from 'zod';

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

test('a whole answer', async () => {
    const message = await client.messages.create({ model: MODEL, max_tokens: 4096, messages: HELLO });
    assert.equal(message.type, 'message');
    assert.equal(message.model, MODEL);
    assert.equal(message.stop_reason, 'end_turn');
    assert.ok(text(message).length > 0);
    assert.ok(message.usage.input_tokens > 0 && message.usage.output_tokens > 0);
    assert.match(message._request_id, /^req_/);
});

test('a streamed answer, folded by the SDK', async () => {
    const stream = client.messages.stream({ model: MODEL, max_tokens: 4096, messages: HELLO });
    let said = '';
    stream.on('text', (delta) => { said += delta; });
    const message = await stream.finalMessage();
    assert.ok(said.length > 0);
    assert.equal(text(message), said);
    assert.equal(message.stop_reason, 'end_turn');
    assert.ok(message.usage.input_tokens > 0 && message.usage.output_tokens > 0);
});

test('thinking, a tool call and its result, all given back', async () => {
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

test('a tool call and its result without the thinking', async () => {
    const messages = [{ role: 'user', content: 'What is the weather in Oslo?' }];
    const first = await client.messages.create({ model: MODEL, max_tokens: 4096, tools: [WEATHER], tool_choice: { type: 'any' }, messages });
    assert.ok(first.content.every((block) => block.type !== 'thinking'));
    messages.push({ role: 'assistant', content: calls(first) }, { role: 'user', content: results(first) });
    const second = await client.messages.create({ model: MODEL, max_tokens: 4096, tools: [WEATHER], messages });
    assert.match(text(second), /-3/);
});

test('several calls at once', async () => {
    const messages = [
        { role: 'user', content: 'What is the weather in Oslo and in Rome?' },
        {
            role: 'assistant',
            content: ['Oslo', 'Rome'].map((city) => ({ type: 'tool_use', id: `toolu_${city}`, name: 'get_weather', input: { city } })),
        },
        {
            role: 'user',
            content: ['Rome', 'Oslo'].map((city) => ({ type: 'tool_result', tool_use_id: `toolu_${city}`, content: `${city}: 7` })),
        },
    ];
    const message = await client.messages.create({ model: MODEL, max_tokens: 4096, tools: [WEATHER], messages });
    assert.equal(message.stop_reason, 'end_turn');
});

test('JSON by a schema', async () => {
    const schema = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'], additionalProperties: false };
    const message = await client.messages.create({
        model: MODEL,
        max_tokens: 4096,
        messages: [{ role: 'user', content: 'Give me a person' }],
        output_config: { format: { type: 'json_schema', schema } },
    });
    assert.equal(typeof JSON.parse(text(message)).name, 'string');
});

test('tokens are counted', async () => {
    const short = await client.messages.countTokens({ model: MODEL, messages: HELLO });
    const long = await client.messages.countTokens({ model: MODEL, system: 'Be kind. '.repeat(100), messages: HELLO, tools: [WEATHER] });
    assert.ok(short.input_tokens > 0);
    assert.ok(long.input_tokens > short.input_tokens);
});

test('models', async () => {
    const ids = [];
    for await (const model of client.models.list()) {
        assert.equal(model.type, 'model');
        ids.push(model.id);
    }
    assert.ok(ids.includes('gemini-2.5-flash'));
    assert.equal((await client.models.retrieve('gemini-2.5-flash')).id, 'gemini-2.5-flash');
});

test('a wrong request is a 400 that names the field', async () => {
    await assert.rejects(client.messages.create({ model: MODEL, max_tokens: 16, messages: 'hello' }), (error) => {
        assert.equal(error.status, 400);
        assert.equal(error.error.error.type, 'invalid_request_error');
        assert.match(error.message, /messages/);
        assert.match(error.requestID, /^req_/);
        return true;
    });
});

test("the SDK's own tool loop falls back from a thread to the whole conversation", async () => {
    const runner = client.beta.messages.toolRunner({
        model: MODEL,
        max_tokens: 4096,
        messages: [{ role: 'user', content: 'What is the weather in Oslo?' }],
        tools: [{ ...WEATHER, run: async () => '{"celsius": -3}' }],
        max_iterations: 3,
    });
    assert.match(text(await runner), /-3/);
});

test('Vercel AI SDK: whole, streamed, and a loop of tools', async () => {
    const model = createAnthropic({ baseURL: `${process.env.HYDRA_URL}/v1`, apiKey: KEY })(MODEL);
    assert.ok((await generateText({ model, prompt: 'Say hello' })).text.length > 0);
    const stream = streamText({ model, prompt: 'Say hello' });
    let said = '';
    for await (const delta of stream.textStream) {
        said += delta;
    }
    assert.ok(said.length > 0);
    assert.equal(await stream.finishReason, 'stop');
    const weather = tool({
        description: WEATHER.description,
        inputSchema: z.object({ city: z.string() }),
        execute: async () => ({ celsius: -3 }),
    });
    const looped = await generateText({
        model,
        prompt: 'What is the weather in Oslo?',
        tools: { get_weather: weather },
        stopWhen: stepCountIs(3),
        providerOptions: { anthropic: { thinking: { type: 'enabled', budgetTokens: 2048 } } },
    });
    assert.equal(looped.steps[0].toolCalls[0].toolName, 'get_weather');
    assert.match(looped.text, /-3/);
});

test('LangChain: whole and with a tool', async () => {
    const chat = new ChatAnthropic({ model: MODEL, apiKey: KEY, anthropicApiUrl: process.env.HYDRA_URL, maxTokens: 4096, maxRetries: 0 });
    assert.ok((await chat.invoke('Say hello')).text.length > 0);
    const called = await chat.bindTools([WEATHER], { tool_choice: { type: 'any' } }).invoke('What is the weather in Oslo?');
    assert.equal(called.tool_calls[0].name, 'get_weather');
});
