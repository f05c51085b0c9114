// The Vercel AI SDK with its four providers against a running `hydra gateway --demo`; HYDRA_URL names it.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { embedMany, experimental_generateSpeech, experimental_transcribe, generateImage, generateText, Output, stepCountIs, streamText, tool } from 'ai';
import { z } from 'zod';

const GEMINI = 'gemini-3-flash-preview';
const DRAWS = 'gemini-2.5-flash-image';
const EMBEDS = 'gemini-embedding-001';
const once = { maxRetries: 0 };
const account = (path) => ({ baseURL: `${process.env.HYDRA_URL}${path}`, apiKey: 'sk-hydra-local' });
const openai = createOpenAI(account('/v1'));
const anthropic = createAnthropic(account('/v1'));
const google = createGoogleGenerativeAI(account('/v1beta'));
const compatible = createOpenAICompatible({ name: 'hydra', supportsStructuredOutputs: true, includeUsage: true, ...account('/v1') });

const PROVIDERS = {
    'openai, Responses': { chat: openai(GEMINI), embeds: openai.textEmbeddingModel(EMBEDS), draws: openai.image(DRAWS) },
    'openai, chat': { chat: openai.chat(GEMINI) },
    anthropic: { chat: anthropic('claude-sonnet-4-5') },
    google: { chat: google(GEMINI), embeds: google.textEmbeddingModel(EMBEDS), draws: google.image(DRAWS) },
    'openai-compatible': { chat: compatible(GEMINI), embeds: compatible.textEmbeddingModel(EMBEDS), draws: compatible.imageModel(DRAWS) },
};

const city = z.object({ city: z.string() });
const weather = tool({ description: 'Tells the weather of a city', inputSchema: city, execute: async () => ({ celsius: -3 }) });
const time = tool({ description: 'Tells the time of a city', inputSchema: city, execute: async () => '12:34' });
const firstStepCalls = ({ stepNumber }) => ({ toolChoice: stepNumber === 0 ? 'required' : 'auto' });

before(() => {
    assert.ok(process.env.HYDRA_URL, 'HYDRA_URL must name the running gateway');
});

for (const [name, { chat, embeds, draws }] of Object.entries(PROVIDERS)) {
    test(`Vercel ${name}: chat`, async () => {
        const { text, finishReason, usage } = await generateText({ model: chat, prompt: 'Say hello', ...once });
        assert.match(text, /Say hello/);
        assert.equal(finishReason, 'stop');
        assert.ok(usage.inputTokens > 0 && usage.outputTokens > 0);
    });

    test(`Vercel ${name}: stream`, async () => {
        const stream = streamText({ model: chat, prompt: 'Say hello', ...once });
        let text = '';
        for await (const piece of stream.textStream) {
            text += piece;
        }
        assert.match(text, /Say hello/);
        assert.equal(await stream.finishReason, 'stop');
        assert.ok((await stream.usage).outputTokens > 0);
    });

    test(`Vercel ${name}: tool round trip`, async () => {
        const { steps, text } = await generateText({
            model: chat, prompt: 'What is the weather in Oslo?', tools: { weather }, stopWhen: stepCountIs(3), prepareStep: firstStepCalls, ...once,
        });
        assert.equal(steps.length, 2);
        assert.deepEqual(steps[0].toolCalls.map((call) => [call.toolName, call.input]), [['weather', { city: 'Oslo' }]]);
        assert.match(text, /-3/);
    });

    test(`Vercel ${name}: parallel tools, streamed`, async () => {
        const stream = streamText({
            model: chat, prompt: 'Tell weather and time in Oslo', tools: { weather, time }, stopWhen: stepCountIs(3), prepareStep: firstStepCalls, ...once,
        });
        await stream.consumeStream();
        const [first] = await stream.steps;
        assert.deepEqual(first.toolCalls.map((call) => call.toolName).sort(), ['time', 'weather']);
        assert.match(await stream.text, /-3.*12:34|12:34.*-3/s);
    });

    test(`Vercel ${name}: structured output`, async () => {
        const schema = z.object({ name: z.string(), age: z.number().int() });
        const { output } = await generateText({ model: chat, prompt: 'I met Ada, 36', output: Output.object({ schema }), ...once });
        assert.deepEqual(output, { name: 'Ada', age: 36 });
    });

    if (embeds) {
        test(`Vercel ${name}: embeddings`, async () => {
            const { embeddings } = await embedMany({ model: embeds, values: ['a', 'b'], ...once });
            assert.equal(embeddings.length, 2);
            assert.ok(embeddings[0].length > 0 && embeddings[0].every((value) => typeof value === 'number'));
        });
    }

    if (draws) {
        test(`Vercel ${name}: images`, async () => {
            const { image } = await generateImage({ model: draws, prompt: 'A boat', ...once });
            assert.equal(image.mediaType, 'image/png');
            assert.equal(Buffer.from(image.uint8Array).subarray(1, 4).toString(), 'PNG');
        });
    }
}

test('Vercel openai: speech and transcription', async () => {
    const { audio } = await experimental_generateSpeech({
        model: openai.speech('gemini-2.5-flash-preview-tts'), text: 'Hello', voice: 'alloy', outputFormat: 'wav', ...once,
    });
    assert.equal(Buffer.from(audio.uint8Array).subarray(0, 4).toString(), 'RIFF');
    const { text } = await experimental_transcribe({ model: openai.transcription('whisper-1'), audio: audio.uint8Array, ...once });
    assert.ok(text.length > 0);
});
