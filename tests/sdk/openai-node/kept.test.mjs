// What lives longer than a request: responses by id, files and batches, over the official SDK.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import OpenAI, { toFile } from 'openai';

const demo = JSON.parse(readFileSync(process.env.DEMO_FILE, 'utf8'));
const baseURL = `${demo.public_url}/v1`;
const paying = new OpenAI({ baseURL, apiKey: demo.users[1].api_key });
const other = new OpenAI({ baseURL, apiKey: demo.users[0].api_key });
const model = 'gpt-4o-mini';

test('a response is retrieved, gone on from and deleted by its id', async () => {
  const made = await paying.responses.create({ model, input: 'Say hello.' });
  assert.equal((await paying.responses.retrieve(made.id)).id, made.id);
  const next = await paying.responses.create({
    model,
    input: 'Once more.',
    previous_response_id: made.id,
  });
  assert.equal(next.previous_response_id, made.id);
  await assert.rejects(other.responses.retrieve(made.id), OpenAI.NotFoundError);
  await paying.responses.delete(made.id);
  await assert.rejects(paying.responses.retrieve(made.id), OpenAI.NotFoundError);
});

test('a response in the background is cancelled', async () => {
  const made = await paying.responses.create({ model, input: 'Take your time.', background: true });
  assert.equal(made.status, 'queued');
  assert.equal((await paying.responses.cancel(made.id)).status, 'cancelled');
});

test('a batch of a file is made, listed and read', async () => {
  const line = {
    custom_id: 'one',
    method: 'POST',
    url: '/v1/chat/completions',
    body: { model, max_tokens: 20, messages: [{ role: 'user', content: 'Hello.' }] },
  };
  const file = await paying.files.create({
    file: await toFile(Buffer.from(`${JSON.stringify(line)}\n`), 'in.jsonl'),
    purpose: 'batch',
  });
  const made = await paying.batches.create({
    input_file_id: file.id,
    endpoint: '/v1/chat/completions',
    completion_window: '24h',
  });
  const listed = [];
  for await (const batch of paying.batches.list()) {
    listed.push(batch.id);
  }
  assert.ok(listed.includes(made.id));
  await assert.rejects(other.batches.retrieve(made.id), OpenAI.NotFoundError);
  let batch = made;
  for (let i = 0; i < 100 && batch.status !== 'completed'; i++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    batch = await paying.batches.retrieve(made.id);
  }
  const output = await (await paying.files.content(batch.output_file_id)).text();
  assert.equal(JSON.parse(output.trim()).custom_id, 'one');
});
