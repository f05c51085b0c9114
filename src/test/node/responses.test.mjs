// Clients that speak OpenAI's Responses against a running `hydra gateway --demo`; HYDRA_URL names it.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { createOpenAI } from '@ai-sdk/openai';
import { ChatOpenAI } from '@langchain/openai';
import { Agent, run, setDefaultOpenAIClient, setOpenAIAPI, setTracingDisabled, tool as agentTool } from '@openai/agents';
import { generateText, Output, stepCountIs, streamText, tool } from 'ai';
import OpenAI from 'openai';
import { zodTextFormat } from 'openai/helpers/zod';
import { z } from 'zod';

let client;
let vercel;
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
    vercel = createOpenAI(OPTIONS);
});

test('openai: a whole answer', async () => {
    const reply = await client.responses.create({ model: MODEL, input: 'Say hello', instructions: 'Be brief' });
    assert.equal(reply.object, 'response');
    assert.equal(reply.status, 'completed');
    assert.equal(reply.model, MODEL);
    assert.equal(reply.instructions, 'Be brief');
    assert.ok(reply.output_text.length > 0);
    assert.equal(reply.usage.total_tokens, reply.usage.input_tokens + reply.usage.output_tokens);
    assert.match(reply._request_id, /^req_/);
});

test('openai: a streamed answer, folded by the SDK', async () => {
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

test('openai: a tool call and its result, with the items kept and with previous_response_id', async () => {
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

test('openai: parallel calls', async () => {
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

test('openai: JSON by a schema', async () => {
    const reply = await client.responses.parse({ model: MODEL, input: 'Give me a person', text: { format: zodTextFormat(PERSON, 'person') } });
    assert.equal(typeof reply.output_parsed.name, 'string');
    assert.ok(Number.isInteger(reply.output_parsed.age));
});

test('openai: a stored response is found, listed and forgotten', async () => {
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

test('openai: a wrong request is a 400 that names the field', async () => {
    await assert.rejects(client.responses.create({ model: MODEL, input: [{ type: 'dance' }] }), (error) => {
        assert.equal(error.status, 400);
        assert.equal(error.type, 'invalid_request_error');
        assert.equal(error.param, 'input[0].type');
        return true;
    });
});

const weather = tool({
    description: 'Tells the weather of a city',
    inputSchema: z.object({ city: z.string() }),
    execute: async () => ({ celsius: -3 }),
});

test('Vercel AI SDK: text, stream, tools over two steps, JSON by a schema', async () => {
    const model = vercel(MODEL);
    const whole = await generateText({ model, prompt: 'Say hello' });
    assert.ok(whole.text.length > 0);
    assert.equal(whole.finishReason, 'stop');

    const stream = streamText({ model, prompt: 'Say hello' });
    let text = '';
    for await (const piece of stream.textStream) {
        text += piece;
    }
    assert.ok(text.length > 0);
    assert.equal(await stream.finishReason, 'stop');

    const steps = await generateText({ model, prompt: 'What is the weather in Oslo?', tools: { weather }, stopWhen: stepCountIs(3),
        prepareStep: ({ stepNumber }) => ({ toolChoice: stepNumber === 0 ? 'required' : 'auto' }) });
    assert.equal(steps.steps.length, 2);
    assert.match(steps.text, /-3/);

    const json = await generateText({ model, prompt: 'Give me a person', output: Output.object({ schema: PERSON }) });
    assert.equal(typeof json.output.name, 'string');
});

test('LangChain: text, stream, tools', async () => {
    const model = new ChatOpenAI({ model: MODEL, apiKey: OPTIONS.apiKey, configuration: { baseURL: OPTIONS.baseURL }, useResponsesApi: true, maxRetries: 0 });
    assert.ok((await model.invoke('Say hello')).text.length > 0);
    let text = '';
    for await (const chunk of await model.stream('Say hello')) {
        text += chunk.text;
    }
    assert.ok(text.length > 0);
    const bound = model.bindTools([declared('weather')].map(({ name, description, parameters }) => ({
        type: 'function', function: { name, description, parameters },
    })), { tool_choice: 'required' });
    const asked = await bound.invoke('What is the weather in Oslo?');
    assert.equal(asked.tool_calls[0].name, 'weather');
});

test('OpenAI Agents: an agent that uses a tool', async () => {
    setTracingDisabled(true);
    setDefaultOpenAIClient(client);
    setOpenAIAPI('responses');
    let used = 0;
    const agent = new Agent({
        name: 'Weather', instructions: 'Use the tool.', model: MODEL, modelSettings: { toolChoice: 'required' },
        tools: [agentTool({
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
