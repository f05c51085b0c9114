// The official openai package against a running `hydra gateway --demo`; HYDRA_URL names it.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import OpenAI, { toFile } from 'openai';

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

test('openai, chat: chat', async () => {
    const reply = await client.chat.completions.create({ model: MODEL, messages: [{ role: 'user', content: 'Say hello' }] });
    assert.equal(reply.object, 'chat.completion');
    assert.equal(reply.model, MODEL);
    assert.equal(reply.choices[0].finish_reason, 'stop');
    assert.ok(reply.choices[0].message.content.length > 0);
    assert.equal(reply.usage.total_tokens, reply.usage.prompt_tokens + reply.usage.completion_tokens);
    assert.match(reply._request_id, /^req_/);
});

test('openai, chat: stream, folded by the SDK, with its usage', async () => {
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

test('openai, chat: tool round trip, without the fields that the SDK does not know', async () => {
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

test('openai, chat: parallel tools, streamed', async () => {
    const other = { type: 'function', function: { ...WEATHER.function, name: 'get_time', description: 'Tells the time of a city' } };
    const messages = [{ role: 'user', content: 'Tell weather and time in Oslo' }];
    const tools = [WEATHER, other];
    const first = await client.chat.completions.stream({ model: MODEL, messages, tools, tool_choice: 'required' }).finalChatCompletion();
    const calls = first.choices[0].message.tool_calls;
    assert.deepEqual(calls.map((call) => call.function.name).sort(), ['get_time', 'get_weather']);
    assert.equal(new Set(calls.map((call) => call.id)).size, 2);
    messages.push(first.choices[0].message, ...calls.map((call) => ({ role: 'tool', tool_call_id: call.id, content: `${call.function.name} of 7` })));
    const second = await client.chat.completions.create({ model: MODEL, messages, tools });
    assert.match(second.choices[0].message.content, /get_weather of 7/);
    assert.match(second.choices[0].message.content, /get_time of 7/);
});

test('openai, chat: structured output', async () => {
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

test('openai: embeddings', async () => {
    const { data, usage } = await client.embeddings.create({ model: 'text-embedding-3-small', input: ['one', 'two'] });
    assert.equal(data.length, 2);
    assert.ok(Math.abs(data[0].embedding.reduce((sum, value) => sum + value * value, 0) - 1) < 0.01);
    assert.notDeepEqual(data[0].embedding, data[1].embedding);
    assert.ok(usage.total_tokens > 0);
});

test('openai: images', async () => {
    const made = await client.images.generate({ model: 'gpt-image-1', prompt: 'A boat', n: 2 });
    assert.equal(made.data.length, 2);
    const png = Buffer.from(made.data[0].b64_json, 'base64');
    assert.equal(png.subarray(1, 4).toString(), 'PNG');
    const placed = await client.images.generate({ model: 'dall-e-3', prompt: 'A boat', response_format: 'url' });
    const fetched = await fetch(placed.data[0].url);
    assert.equal(fetched.headers.get('content-type'), 'image/png');
    assert.deepEqual(Buffer.from(await fetched.arrayBuffer()), png);
    const edited = await client.images.edit({ model: 'gpt-image-1', prompt: 'In blue', image: await toFile(png, 'boat.png', { type: 'image/png' }) });
    assert.equal(Buffer.from(edited.data[0].b64_json, 'base64').subarray(1, 4).toString(), 'PNG');
});

test('openai: speech and transcription', async () => {
    const spoken = await client.audio.speech.create({ model: 'tts-1', voice: 'alloy', input: 'Hello', response_format: 'wav' });
    const wav = Buffer.from(await spoken.arrayBuffer());
    assert.equal(wav.subarray(0, 4).toString(), 'RIFF');
    const { text } = await client.audio.transcriptions.create({ model: 'whisper-1', file: await toFile(wav, 'hello.wav') });
    assert.ok(text.length > 0);
});

test('openai: legacy completions', async () => {
    const whole = await client.completions.create({ model: MODEL, prompt: 'Once' });
    assert.ok(whole.choices[0].text.length > 0);
    let text = '';
    for await (const chunk of await client.completions.create({ model: MODEL, prompt: 'Once', stream: true })) {
        text += chunk.choices[0]?.text ?? '';
    }
    assert.ok(text.length > 0);
});

test('openai: models', async () => {
    const models = await client.models.list();
    assert.ok(models.data.some((model) => model.id === MODEL));
    const one = await client.models.retrieve(MODEL);
    assert.equal(one.id, MODEL);
});

test('openai, chat: a wrong request is a 400 that names the field', async () => {
    await assert.rejects(client.chat.completions.create({ model: MODEL, messages: 'hello' }), (error) => {
        assert.equal(error.status, 400);
        assert.equal(error.type, 'invalid_request_error');
        assert.equal(error.param, 'messages');
        return true;
    });
});
