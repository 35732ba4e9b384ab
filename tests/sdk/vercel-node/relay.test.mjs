// Vercel's AI SDK with its providers of OpenAI, Anthropic and Google, each asking a model of each
// upstream protocol; nothing changed but base URL and key. DEMO_FILE describes the installation.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { APICallError, Output, embedMany, generateText, streamText, tool } from 'ai';
import { z } from 'zod';

const demo = JSON.parse(readFileSync(process.env.DEMO_FILE, 'utf8'));
const url = demo.public_url;
const rich = demo.users[1].api_key;
const prompt = 'Say hello to the gate.';
const png = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);
const callers = {
  chat: (model, apiKey) => createOpenAI({ baseURL: `${url}/v1`, apiKey }).chat(model),
  responses: (model, apiKey) => createOpenAI({ baseURL: `${url}/v1`, apiKey }).responses(model),
  anthropic: (model, apiKey) => createAnthropic({ baseURL: `${url}/v1`, apiKey })(model),
  google: (model, apiKey) => createGoogleGenerativeAI({ baseURL: `${url}/v1beta`, apiKey })(model),
};
const place = () => z.object({ city: z.string() });
const described = {
  get_weather: tool({ description: 'Tells the weather.', inputSchema: place() }),
  get_time: tool({ description: 'Tells the time.', inputSchema: place() }),
};

for (const [caller, of] of Object.entries(callers)) {
  for (const model of demo.models) {
    const asked = { model: of(model, rich), maxRetries: 0, maxOutputTokens: 300 };
    const name = `${caller} asks ${model}`;

    test(`${name}: answers`, async () => {
      const answer = await generateText({ ...asked, system: 'Be kind.', prompt });
      assert.ok(answer.text.length > 0);
      assert.equal(answer.finishReason, 'stop');
      assert.ok(answer.usage.inputTokens > 0 && answer.usage.outputTokens > 0);
    });

    test(`${name}: streams`, async () => {
      const answer = streamText({ ...asked, prompt });
      let text = '';
      for await (const piece of answer.textStream) {
        text += piece;
      }
      assert.ok(text.length > 0);
      assert.equal(await answer.finishReason, 'stop');
      assert.ok((await answer.usage).outputTokens > 0);
    });

    test(`${name}: calls two tools at once in a stream, and takes both results`, async () => {
      const ask = { role: 'user', content: 'The weather in Paris, and the time?' };
      const first = streamText({
        ...asked,
        messages: [ask],
        tools: described,
        headers: { 'X-Sandbox': 'tool_calls=2' },
      });
      const calls = await first.toolCalls;
      assert.deepEqual(calls.map((call) => call.toolName).sort(), ['get_time', 'get_weather']);
      for (const call of calls) {
        assert.equal(typeof call.input.city, 'string');
      }
      const results = calls.map(({ toolCallId, toolName }) => ({
        type: 'tool-result',
        toolCallId,
        toolName,
        output: { type: 'text', value: 'Noon.' },
      }));
      const second = await generateText({
        ...asked,
        messages: [ask, ...(await first.response).messages, { role: 'tool', content: results }],
        tools: described,
      });
      assert.ok(second.text.length > 0);
    });

    test(`${name}: follows a schema`, async () => {
      const answer = await generateText({
        ...asked,
        prompt,
        output: Output.object({ schema: z.object({ gate: z.string(), price: z.number() }) }),
      });
      assert.equal(typeof answer.output.gate, 'string');
    });

    test(`${name}: looks at a picture`, async () => {
      const content = [
        { type: 'text', text: 'What is on it?' },
        { type: 'image', image: png, mediaType: 'image/png' },
      ];
      const answer = await generateText({ ...asked, messages: [{ role: 'user', content }] });
      assert.ok(answer.text.length > 0);
    });
  }

  test(`${caller}: a bad key is an APICallError with 401`, async () => {
    await assert.rejects(
      generateText({ model: of(demo.models[0], 'sk-nobody'), maxRetries: 0, prompt }),
      (error) => APICallError.isInstance(error) && error.statusCode === 401,
    );
  });

  test(`${caller}: waits after 429 as Retry-After says, and succeeds`, async () => {
    const model = of(demo.models[0], demo.one_at_a_time_key);
    const first = generateText({ model, prompt, headers: { 'X-Sandbox': 'latency_ms=600' } });
    const second = generateText({ model, prompt, maxRetries: 4 });
    const third = generateText({ model, prompt, maxRetries: 4 });
    for (const answer of [await first, await second, await third]) {
      assert.ok(answer.text.length > 0);
    }
  });
}

for (const model of demo.thinking_models.slice(1)) {
  test(`anthropic asks ${model}: thinks in a stream`, async () => {
    const answer = streamText({
      model: callers.anthropic(model, rich),
      maxRetries: 0,
      prompt,
      maxOutputTokens: 3000,
      providerOptions: { anthropic: { thinking: { type: 'enabled', budgetTokens: 1024 } } },
    });
    assert.ok((await answer.text).length > 0);
    assert.ok((await answer.reasoningText).length > 0);
  });
}

for (const model of demo.embedding_models) {
  test(`${model} embeds`, async () => {
    const provider = createOpenAI({ baseURL: `${url}/v1`, apiKey: rich });
    const answer = await embedMany({ model: provider.embedding(model), values: ['A gate.', 'A toll.'] });
    assert.equal(answer.embeddings.length, 2);
    assert.ok(answer.usage.tokens > 0);
  });
}
