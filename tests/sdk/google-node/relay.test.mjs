// The official Google GenAI SDK with nothing changed but base URL and key, against a model of each
// upstream protocol. DEMO_FILE names the demo.json of a running installation.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ApiError, FunctionCallingConfigMode, GoogleGenAI } from '@google/genai';

const demo = JSON.parse(readFileSync(process.env.DEMO_FILE, 'utf8'));
const client = (apiKey) => new GoogleGenAI({ apiKey, httpOptions: { baseUrl: demo.public_url } });
const paying = client(demo.users[1].api_key);
const contents = 'Say hello to the gate.';
const weather = {
  functionDeclarations: [
    {
      name: 'get_weather',
      description: 'Tells the weather of a city.',
      parameters: {
        type: 'OBJECT',
        properties: { city: { type: 'STRING' } },
        required: ['city'],
      },
    },
  ],
};
const forced = { functionCallingConfig: { mode: FunctionCallingConfigMode.ANY } };
const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

for (const model of demo.models) {
  test(`${model} generates content`, async () => {
    const answer = await paying.models.generateContent({
      model,
      contents,
      config: { maxOutputTokens: 60, systemInstruction: 'Be kind.' },
    });
    assert.ok(answer.text.length > 0);
    assert.ok(['STOP', 'MAX_TOKENS'].includes(answer.candidates[0].finishReason));
    assert.ok(answer.usageMetadata.promptTokenCount > 0);
    assert.ok(answer.usageMetadata.candidatesTokenCount > 0);
  });

  test(`${model} streams content`, async () => {
    const stream = await paying.models.generateContentStream({
      model,
      contents,
      config: { maxOutputTokens: 60 },
    });
    let text = '';
    let last = null;
    for await (const chunk of stream) {
      text += chunk.text ?? '';
      last = chunk;
    }
    assert.ok(text.length > 0);
    assert.ok(['STOP', 'MAX_TOKENS'].includes(last.candidates[0].finishReason));
    assert.ok(last.usageMetadata.totalTokenCount > 0);
  });

  test(`${model} calls a function and takes its result`, async () => {
    const ask = { role: 'user', parts: [{ text: 'Use get_weather for Paris.' }] };
    const first = await paying.models.generateContent({
      model,
      contents: [ask],
      config: { tools: [weather], toolConfig: forced },
    });
    const call = first.functionCalls[0];
    assert.equal(call.name, 'get_weather');
    assert.equal(typeof call.args.city, 'string');
    const second = await paying.models.generateContent({
      model,
      contents: [
        ask,
        first.candidates[0].content,
        {
          role: 'user',
          parts: [
            { functionResponse: { id: call.id, name: call.name, response: { output: 'Sunny.' } } },
          ],
        },
      ],
      config: { tools: [weather] },
    });
    assert.ok(second.text.length > 0);
  });

  test(`${model} streams the call of a function`, async () => {
    const stream = await paying.models.generateContentStream({
      model,
      contents: 'Use get_weather for Paris.',
      config: { tools: [weather], toolConfig: forced },
    });
    const calls = [];
    for await (const chunk of stream) {
      calls.push(...(chunk.functionCalls ?? []));
    }
    assert.equal(calls[0].name, 'get_weather');
    assert.equal(typeof calls[0].args.city, 'string');
  });

  test(`${model} has its tokens counted, free`, async () => {
    const count = await paying.models.countTokens({ model, contents });
    assert.ok(count.totalTokens > 3, String(count.totalTokens));
  });

  test(`${model} looks at a picture`, async () => {
    const answer = await paying.models.generateContent({
      model,
      contents: [
        {
          role: 'user',
          parts: [{ inlineData: { mimeType: 'image/png', data: png } }, { text: 'What is on it?' }],
        },
      ],
      config: { maxOutputTokens: 60 },
    });
    assert.ok(answer.text.length > 0);
  });
}

test('a bad key is unauthenticated', async () => {
  await assert.rejects(
    client('sk-nobody').models.generateContent({ model: demo.models[0], contents }),
    (error) => error instanceof ApiError && error.status === 401,
  );
});

test('an unknown model is not found', async () => {
  await assert.rejects(
    paying.models.generateContent({ model: 'no-such-model', contents }),
    (error) => error instanceof ApiError && error.status === 404 && error.message.includes('NOT_FOUND'),
  );
});

test('an empty balance is resource exhausted', async () => {
  await assert.rejects(
    client(demo.users[2].api_key).models.generateContent({ model: demo.models[0], contents }),
    (error) => error.status === 402 && error.message.includes('RESOURCE_EXHAUSTED'),
  );
});

test('lists models', async () => {
  const names = [];
  for await (const model of await paying.models.list()) {
    names.push(model.name);
  }
  for (const model of demo.models) {
    assert.ok(names.includes(`models/${model}`), `${model} is not listed`);
  }
});

for (const model of ['gemini-embedding-001', 'text-embedding-3-small']) {
  test(`${model} embeds`, async () => {
    const answer = await paying.models.embedContent({
      model,
      contents: ['The gate is open.', 'Bring a coin.'],
      config: { outputDimensionality: 8 },
    });
    assert.equal(answer.embeddings.length, 2);
    assert.equal(answer.embeddings[0].values.length, 8);
    assert.notDeepEqual(answer.embeddings[0].values, answer.embeddings[1].values);
  });
}
