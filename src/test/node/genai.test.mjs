// The official @google/genai package against a running `hydra gateway --demo`; HYDRA_URL names it.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { FunctionCallingConfigMode, GoogleGenAI } from '@google/genai';

const MODEL = 'gemini-3-flash-preview';
const WEATHER = {
    name: 'get_weather',
    description: 'Tells the weather of a city',
    parametersJsonSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};
let ai;

before(() => {
    assert.ok(process.env.HYDRA_URL, 'HYDRA_URL must name the running gateway');
    ai = new GoogleGenAI({ apiKey: 'sk-hydra-local', httpOptions: { baseUrl: process.env.HYDRA_URL } });
});

test('@google/genai: chat', async () => {
    const reply = await ai.models.generateContent({ model: MODEL, contents: 'Say hello' });
    assert.ok(reply.text.length > 0);
    assert.equal(reply.candidates[0].finishReason, 'STOP');
    assert.ok(reply.usageMetadata.totalTokenCount > 0);
});

test('@google/genai: the same over v1, which version 3 of the package uses', async () => {
    const v1 = new GoogleGenAI({ apiKey: 'sk-hydra-local', apiVersion: 'v1', httpOptions: { baseUrl: process.env.HYDRA_URL } });
    const reply = await v1.models.generateContent({ model: MODEL, contents: 'Say hello' });
    assert.ok(reply.text.length > 0);
    const pager = await v1.models.list();
    assert.ok(pager.page.some((model) => model.name === `models/${MODEL}`));
});

test('@google/genai: stream', async () => {
    let text = '';
    let reason;
    for await (const chunk of await ai.models.generateContentStream({ model: MODEL, contents: 'Say hello' })) {
        text += chunk.text ?? '';
        reason = chunk.candidates?.[0]?.finishReason ?? reason;
    }
    assert.ok(text.length > 0);
    assert.equal(reason, 'STOP');
});

async function roundTrip(question, names) {
    const tools = [{ functionDeclarations: [WEATHER, { ...WEATHER, name: 'get_time', description: 'Tells the time of a city' }] }];
    const toolConfig = { functionCallingConfig: { mode: FunctionCallingConfigMode.ANY } };
    const contents = [{ role: 'user', parts: [{ text: question }] }];
    const first = await ai.models.generateContent({ model: MODEL, contents, config: { tools, toolConfig } });
    assert.deepEqual(first.functionCalls.map((call) => call.name).sort(), names);
    contents.push(first.candidates[0].content);
    contents.push({
        role: 'user',
        parts: first.functionCalls.map((call) => ({
            functionResponse: { id: call.id, name: call.name, response: { output: `${call.name} of 7` } },
        })),
    });
    const second = await ai.models.generateContent({ model: MODEL, contents, config: { tools } });
    names.forEach((name) => assert.ok(second.text.includes(`${name} of 7`), second.text));
}

test('@google/genai: tool round trip', () => roundTrip('What is the weather in Oslo?', ['get_weather']));

test('@google/genai: parallel tools', () => roundTrip('Tell weather and time in Oslo', ['get_time', 'get_weather']));

test('@google/genai: structured output', async () => {
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

test('@google/genai: images', async () => {
    const reply = await ai.models.generateContent({ model: 'gemini-2.5-flash-image', contents: 'A boat', config: { responseModalities: ['IMAGE'] } });
    const { mimeType, data } = reply.candidates[0].content.parts.find((part) => part.inlineData).inlineData;
    assert.equal(mimeType, 'image/png');
    assert.equal(Buffer.from(data, 'base64').subarray(1, 4).toString(), 'PNG');
});

test('@google/genai: embeddings, counted tokens, models', async () => {
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

test('@google/genai: a file: uploaded, seen, used, listed and deleted', async () => {
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

test('@google/genai: a wrong request is an ApiError with Google\'s words', async () => {
    await assert.rejects(ai.models.generateContent({ model: MODEL, contents: [{ role: 'nobody', parts: [{ text: 'x' }] }] }), (error) => {
        assert.equal(error.status, 400);
        assert.equal(JSON.parse(error.message).error.status, 'INVALID_ARGUMENT');
        return true;
    });
    await assert.rejects(ai.models.generateContent({ model: 'no-such-model', contents: 'x' }), (error) => error.status === 404);
});
