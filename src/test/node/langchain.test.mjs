// LangChain's three packages against a running `hydra gateway --demo`; HYDRA_URL names it.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { ChatAnthropic } from '@langchain/anthropic';
import { HumanMessage, ToolMessage } from '@langchain/core/messages';
import { ChatGoogleGenerativeAI, GoogleGenerativeAIEmbeddings } from '@langchain/google-genai';
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import { z } from 'zod';

const GEMINI = 'gemini-3-flash-preview';
const EMBEDS = 'gemini-embedding-001';
const URL = process.env.HYDRA_URL;
const apiKey = 'sk-hydra-local';
const maxRetries = 0;
const configuration = { baseURL: `${URL}/v1` };
const google = { apiKey, baseUrl: URL };

const PACKAGES = {
    'openai, Responses': { chat: new ChatOpenAI({ model: GEMINI, apiKey, configuration, useResponsesApi: true, maxRetries }) },
    'openai, chat': {
        chat: new ChatOpenAI({ model: GEMINI, apiKey, configuration, useResponsesApi: false, maxRetries }),
        embeds: new OpenAIEmbeddings({ model: EMBEDS, apiKey, configuration, maxRetries }),
    },
    anthropic: { chat: new ChatAnthropic({ model: 'claude-sonnet-4-5', apiKey, anthropicApiUrl: URL, maxTokens: 4096, maxRetries }) },
    'google-genai': {
        chat: new ChatGoogleGenerativeAI({ model: GEMINI, ...google, maxRetries }),
        embeds: new GoogleGenerativeAIEmbeddings({ model: EMBEDS, ...google, maxRetries }),
    },
};

const city = z.object({ city: z.string() });
const WEATHER = { name: 'weather', description: 'Tells the weather of a city', schema: city };
const TIME = { name: 'time', description: 'Tells the time of a city', schema: city };

before(() => {
    assert.ok(URL, 'HYDRA_URL must name the running gateway');
});

async function folded(stream) {
    let whole;
    for await (const chunk of stream) {
        whole = whole === undefined ? chunk : whole.concat(chunk);
    }
    return whole;
}

for (const [name, { chat, embeds }] of Object.entries(PACKAGES)) {
    test(`LangChain ${name}: chat`, async () => {
        const message = await chat.invoke('Say hello');
        assert.match(message.text, /Say hello/);
        assert.ok(message.usage_metadata.output_tokens > 0);
    });

    test(`LangChain ${name}: stream`, async () => {
        assert.match((await folded(await chat.stream('Say hello'))).text, /Say hello/);
    });

    test(`LangChain ${name}: tool round trip`, async () => {
        const said = [new HumanMessage('What is the weather in Oslo?')];
        const asked = await chat.bindTools([WEATHER], { tool_choice: 'any' }).invoke(said);
        assert.deepEqual(asked.tool_calls.map((call) => [call.name, call.args]), [['weather', { city: 'Oslo' }]]);
        said.push(asked, new ToolMessage({ tool_call_id: asked.tool_calls[0].id, name: 'weather', content: '{"celsius": -3}' }));
        assert.match((await chat.bindTools([WEATHER]).invoke(said)).text, /-3/);
    });

    test(`LangChain ${name}: parallel tools, streamed`, async () => {
        const bound = chat.bindTools([WEATHER, TIME], { tool_choice: 'any' });
        const said = [new HumanMessage('Tell weather and time in Oslo')];
        const asked = await folded(await bound.stream(said));
        assert.deepEqual(asked.tool_calls.map((call) => call.name).sort(), ['time', 'weather']);
        said.push(asked);
        for (const call of asked.tool_calls) {
            said.push(new ToolMessage({ tool_call_id: call.id, name: call.name, content: call.name === 'time' ? '12:34' : 'minus 3' }));
        }
        assert.match((await chat.bindTools([WEATHER, TIME]).invoke(said)).text, /minus 3.*12:34|12:34.*minus 3/s);
    });

    test(`LangChain ${name}: structured output`, async () => {
        const person = chat.withStructuredOutput(z.object({ name: z.string(), age: z.number().int() }), { name: 'person' });
        assert.deepEqual(await person.invoke('I met Ada, 36'), { name: 'Ada', age: 36 });
    });

    if (embeds) {
        test(`LangChain ${name}: embeddings`, async () => {
            const vectors = await embeds.embedDocuments(['a', 'b']);
            assert.equal(vectors.length, 2);
            assert.ok(vectors[0].length > 0 && vectors[0].every((value) => typeof value === 'number'));
        });
    }
}
