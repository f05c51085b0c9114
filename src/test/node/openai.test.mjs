// The official openai package against a running `hydra gateway --demo`; HYDRA_URL names it.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import OpenAI from 'openai';

let client;
const MODEL = 'gemini-3-flash-preview';
const WEATHER = {
    type: 'function',
    function: {
        name: 'get_weather',
        description: 'Tells the weather of a city',
        parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
};

before(() => {
    assert.ok(process.env.HYDRA_URL, 'HYDRA_URL must name the running gateway');
    client = new OpenAI({ baseURL: `${process.env.HYDRA_URL}/v1`, apiKey: 'sk-hydra-local', maxRetries: 0 });
});

test('a whole answer', async () => {
    const reply = await client.chat.completions.create({ model: MODEL, messages: [{ role: 'user', content: 'Say hello' }] });
    assert.equal(reply.object, 'chat.completion');
    assert.equal(reply.model, MODEL);
    assert.equal(reply.choices[0].finish_reason, 'stop');
    assert.ok(reply.choices[0].message.content.length > 0);
    assert.equal(reply.usage.total_tokens, reply.usage.prompt_tokens + reply.usage.completion_tokens);
    assert.match(reply._request_id, /^req_/);
});

test('a streamed answer, folded by the SDK, with its usage', async () => {
    const stream = client.chat.completions.stream({
        model: MODEL,
        messages: [{ role: 'user', content: 'Say hello' }],
        stream_options: { include_usage: true },
    });
    let text = '';
    for await (const chunk of stream) {
        text += chunk.choices[0]?.delta?.content ?? '';
    }
    const folded = await stream.finalChatCompletion();
    assert.ok(text.length > 0);
    assert.equal(folded.choices[0].message.content, text);
    assert.equal(folded.choices[0].finish_reason, 'stop');
    assert.ok(folded.usage.total_tokens > 0);
});

test('a tool call and its result, without the fields that the SDK does not know', async () => {
    const messages = [{ role: 'user', content: 'What is the weather in Oslo?' }];
    const first = await client.chat.completions.create({ model: MODEL, messages, tools: [WEATHER], tool_choice: 'required' });
    assert.equal(first.choices[0].finish_reason, 'tool_calls');
    const [call] = first.choices[0].message.tool_calls;
    assert.equal(call.function.name, 'get_weather');
    assert.equal(typeof JSON.parse(call.function.arguments).city, 'string');
    messages.push({
        role: 'assistant',
        content: null,
        tool_calls: [{ id: call.id, type: 'function', function: call.function }],
    });
    messages.push({ role: 'tool', tool_call_id: call.id, content: '{"celsius": -3}' });
    const second = await client.chat.completions.create({ model: MODEL, messages, tools: [WEATHER] });
    assert.equal(second.choices[0].finish_reason, 'stop');
    assert.match(second.choices[0].message.content, /-3/);
});

test('JSON by a schema', async () => {
    const reply = await client.chat.completions.create({
        model: MODEL,
        messages: [{ role: 'user', content: 'Give me a person' }],
        response_format: {
            type: 'json_schema',
            json_schema: {
                name: 'person',
                schema: {
                    type: 'object',
                    properties: { name: { type: 'string' }, age: { type: 'integer' } },
                    required: ['name', 'age'],
                    additionalProperties: false,
                },
            },
        },
    });
    const person = JSON.parse(reply.choices[0].message.content);
    assert.equal(typeof person.name, 'string');
    assert.ok(Number.isInteger(person.age));
});

test('models', async () => {
    const models = await client.models.list();
    assert.ok(models.data.some((model) => model.id === MODEL));
    const one = await client.models.retrieve(MODEL);
    assert.equal(one.id, MODEL);
});

test('a wrong request is a 400 that names the field', async () => {
    await assert.rejects(client.chat.completions.create({ model: MODEL, messages: 'hello' }), (error) => {
        assert.equal(error.status, 400);
        assert.equal(error.type, 'invalid_request_error');
        assert.equal(error.param, 'messages');
        return true;
    });
});
