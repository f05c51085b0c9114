// The official @google/genai package and the Vercel AI SDK's Google provider against a running `hydra gateway --demo`; HYDRA_URL names it.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { FunctionCallingConfigMode, GoogleGenAI } from '@google/genai';
import { embedMany, generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai';

const MODEL = 'gemini-3-flash-preview';
const WEATHER = {
    name: 'get_weather',
    description: 'Tells the weather of a city',
    parametersJsonSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};
let ai;
let google;

before(() => {
    assert.ok(process.env.HYDRA_URL, 'HYDRA_URL must name the running gateway');
    ai = new GoogleGenAI({ apiKey: 'sk-hydra-local', httpOptions: { baseUrl: process.env.HYDRA_URL } });
    google = createGoogleGenerativeAI({ apiKey: 'sk-hydra-local', baseURL: `${process.env.HYDRA_URL}/v1beta` });
});

test('a whole answer', async () => {
    const reply = await ai.models.generateContent({ model: MODEL, contents: 'Say hello' });
    assert.ok(reply.text.length > 0);
    assert.equal(reply.candidates[0].finishReason, 'STOP');
    assert.ok(reply.usageMetadata.totalTokenCount > 0);
});

test('the same over v1, which version 3 of the package uses', async () => {
    const v1 = new GoogleGenAI({ apiKey: 'sk-hydra-local', apiVersion: 'v1', httpOptions: { baseUrl: process.env.HYDRA_URL } });
    const reply = await v1.models.generateContent({ model: MODEL, contents: 'Say hello' });
    assert.ok(reply.text.length > 0);
    const pager = await v1.models.list();
    assert.ok(pager.page.some((model) => model.name === `models/${MODEL}`));
});

test('a streamed answer', async () => {
    let text = '';
    let reason;
    for await (const chunk of await ai.models.generateContentStream({ model: MODEL, contents: 'Say hello' })) {
        text += chunk.text ?? '';
        reason = chunk.candidates?.[0]?.finishReason ?? reason;
    }
    assert.ok(text.length > 0);
    assert.equal(reason, 'STOP');
});

test('tool calls, parallel ones too, and their results', async () => {
    const config = {
        tools: [{ functionDeclarations: [WEATHER] }],
        toolConfig: { functionCallingConfig: { mode: FunctionCallingConfigMode.ANY } },
    };
    const contents = [{ role: 'user', parts: [{ text: 'What is the weather in Oslo and in Rome?' }] }];
    const first = await ai.models.generateContent({ model: MODEL, contents, config });
    assert.ok(first.functionCalls.length >= 1);
    assert.equal(first.functionCalls[0].name, 'get_weather');
    contents.push(first.candidates[0].content);
    contents.push({
        role: 'user',
        parts: first.functionCalls.map((call) => ({
            functionResponse: { id: call.id, name: call.name, response: { output: { celsius: -3 } } },
        })),
    });
    const second = await ai.models.generateContent({ model: MODEL, contents, config: { tools: config.tools } });
    assert.match(second.text, /-3/);
});

test('structured output', async () => {
    const reply = await ai.models.generateContent({
        model: MODEL,
        contents: 'Name a city',
        config: {
            responseMimeType: 'application/json',
            responseJsonSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
        },
    });
    assert.equal(typeof JSON.parse(reply.text).city, 'string');
});

test('embeddings, counted tokens and models', async () => {
    const embedded = await ai.models.embedContent({ model: 'gemini-embedding-001', contents: ['one', 'two'] });
    assert.equal(embedded.embeddings.length, 2);
    assert.ok(embedded.embeddings[0].values.length > 0);
    const counted = await ai.models.countTokens({ model: MODEL, contents: 'How many tokens?' });
    assert.ok(counted.totalTokens > 0);
    assert.equal((await ai.models.get({ model: MODEL })).name, `models/${MODEL}`);
    const names = [];
    for await (const model of await ai.models.list({ config: { pageSize: 3 } })) {
        names.push(model.name);
    }
    assert.ok(names.length > 3);
    assert.equal(new Set(names).size, names.length);
});

test('a file: uploaded, seen, used, listed and deleted', async () => {
    const file = await ai.files.upload({ file: new Blob(['Hello, file!'], { type: 'text/plain' }), config: { displayName: 'notes' } });
    assert.match(file.name, /^files\//);
    assert.equal((await ai.files.get({ name: file.name })).sizeBytes, '12');
    const names = [];
    for await (const one of await ai.files.list()) {
        names.push(one.name);
    }
    assert.ok(names.includes(file.name));
    await ai.files.delete({ name: file.name });
    await assert.rejects(ai.files.get({ name: file.name }), (error) => error.status === 404);
});

test('a wrong request is an ApiError with Google\'s words', async () => {
    await assert.rejects(ai.models.generateContent({ model: MODEL, contents: [{ role: 'nobody', parts: [{ text: 'x' }] }] }), (error) => {
        assert.equal(error.status, 400);
        assert.equal(JSON.parse(error.message).error.status, 'INVALID_ARGUMENT');
        return true;
    });
    await assert.rejects(ai.models.generateContent({ model: 'no-such-model', contents: 'x' }), (error) => error.status === 404);
});

test('the Vercel AI SDK: text, stream, a tool in two steps, embeddings', async () => {
    const { text, finishReason } = await generateText({ model: google(MODEL), prompt: 'Say hello', maxRetries: 0 });
    assert.ok(text.length > 0);
    assert.equal(finishReason, 'stop');
    const stream = streamText({ model: google(MODEL), prompt: 'Say hello', maxRetries: 0 });
    let streamed = '';
    for await (const piece of stream.textStream) {
        streamed += piece;
    }
    assert.ok(streamed.length > 0);
    let asked;
    const worked = await generateText({
        model: google(MODEL),
        prompt: 'What is the weather in Oslo?',
        maxRetries: 0,
        stopWhen: stepCountIs(3),
        tools: {
            get_weather: tool({
                description: 'Tells the weather of a city',
                inputSchema: jsonSchema(WEATHER.parametersJsonSchema),
                execute: async ({ city }) => {
                    asked = city;
                    return { celsius: -3 };
                },
            }),
        },
    });
    assert.equal(typeof asked, 'string');
    assert.match(worked.text, /-3/);
    const { embeddings } = await embedMany({ model: google.textEmbeddingModel('gemini-embedding-001'), values: ['a', 'b'], maxRetries: 0 });
    assert.equal(embeddings.length, 2);
});
