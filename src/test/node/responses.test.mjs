// The Responses of the official openai package against a running `hydra gateway --demo`; HYDRA_URL names it.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import OpenAI from 'openai';
import { zodTextFormat } from 'openai/helpers/zod';
import { z } from 'zod';

let client;
const MODEL = 'gemini-3-flash-preview';
const OPTIONS = { baseURL: `${process.env.HYDRA_URL}/v1`, apiKey: 'sk-hydra-local' };
const PERSON = z.object({ name: z.string(), age: z.number().int() });

function declared(name) {
    return {
        type: 'function',
        name,
        description: `Tells the ${name} of a city`,
        parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false },
        strict: true,
    };
}

before(() => {
    assert.ok(process.env.HYDRA_URL, 'HYDRA_URL must name the running gateway');
    client = new OpenAI({ ...OPTIONS, maxRetries: 0 });
});

test('openai, Responses: chat', async () => {
    const reply = await client.responses.create({ model: MODEL, input: 'Say hello', instructions: 'Be brief' });
    assert.equal(reply.object, 'response');
    assert.equal(reply.status, 'completed');
    assert.equal(reply.model, MODEL);
    assert.equal(reply.instructions, 'Be brief');
    assert.ok(reply.output_text.length > 0);
    assert.equal(reply.usage.total_tokens, reply.usage.input_tokens + reply.usage.output_tokens);
    assert.match(reply._request_id, /^req_/);
});

test('openai, Responses: stream, folded by the SDK', async () => {
    const stream = client.responses.stream({ model: MODEL, input: 'Say hello' });
    let text = '';
    for await (const event of stream) {
        text += event.type === 'response.output_text.delta' ? event.delta : '';
    }
    const folded = await stream.finalResponse();
    assert.ok(text.length > 0);
    assert.equal(folded.output_text, text);
    assert.equal(folded.status, 'completed');
});

test('openai, Responses: tool round trip, with the items kept and with previous_response_id', async () => {
    const tools = [declared('weather')];
    const input = [{ role: 'user', content: 'What is the weather in Oslo?' }];
    const first = await client.responses.create({ model: MODEL, input, tools, tool_choice: 'required' });
    const call = first.output.find((item) => item.type === 'function_call');
    assert.equal(call.name, 'weather');
    assert.equal(typeof JSON.parse(call.arguments).city, 'string');
    const result = { type: 'function_call_output', call_id: call.call_id, output: '{"celsius": -3}' };

    const kept = await client.responses.create({ model: MODEL, input: [...input, ...first.output, result], tools });
    assert.match(kept.output_text, /-3/);
    const continued = await client.responses.create({ model: MODEL, previous_response_id: first.id, input: [result], tools });
    assert.match(continued.output_text, /-3/);
    assert.equal(continued.previous_response_id, first.id);
});

test('openai, Responses: parallel tools', async () => {
    const reply = await client.responses.create({
        model: MODEL, input: 'Weather and time in Oslo', tools: [declared('weather'), declared('time')], tool_choice: 'required',
        include: ['reasoning.encrypted_content'], store: false,
    });
    const calls = reply.output.filter((item) => item.type === 'function_call');
    assert.deepEqual(calls.map((call) => call.name).sort(), ['time', 'weather']);
    assert.equal(new Set(calls.map((call) => call.call_id)).size, 2);
    assert.equal(reply.output[0].type, 'reasoning');
    assert.match(reply.output[0].encrypted_content, /^hydra:v1:gemini:/);
});

test('openai, Responses: structured output', async () => {
    const reply = await client.responses.parse({ model: MODEL, input: 'Give me a person', text: { format: zodTextFormat(PERSON, 'person') } });
    assert.equal(typeof reply.output_parsed.name, 'string');
    assert.ok(Number.isInteger(reply.output_parsed.age));
});

test('openai, Responses: a stored response is found, listed and forgotten', async () => {
    const made = await client.responses.create({ model: MODEL, input: 'Remember this' });
    const found = await client.responses.retrieve(made.id);
    assert.equal(found.output_text, made.output_text);
    const items = await client.responses.inputItems.list(made.id);
    assert.equal(items.data[0].content[0].text, 'Remember this');
    await client.responses.delete(made.id);
    await assert.rejects(client.responses.retrieve(made.id), { status: 404 });
    await assert.rejects(client.responses.create({ model: MODEL, previous_response_id: made.id, input: 'x' }), (error) => {
        assert.equal(error.status, 404);
        assert.equal(error.code, 'previous_response_not_found');
        assert.equal(error.param, 'previous_response_id');
        return true;
    });
});

test('openai, Responses: a wrong request is a 400 that names the field', async () => {
    await assert.rejects(client.responses.create({ model: MODEL, input: [{ type: 'dance' }] }), (error) => {
        assert.equal(error.status, 400);
        assert.equal(error.type, 'invalid_request_error');
        assert.equal(error.param, 'input[0].type');
        return true;
    });
});
