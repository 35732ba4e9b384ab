// The official SDK's pictures and sound, with nothing changed but base URL and key.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import OpenAI, { toFile } from 'openai';

const demo = JSON.parse(readFileSync(process.env.DEMO_FILE, 'utf8'));
const baseURL = `${demo.public_url}/v1`;
const paying = new OpenAI({ baseURL, apiKey: demo.users[1].api_key });
const poor = new OpenAI({ baseURL, apiKey: demo.users[2].api_key, maxRetries: 0 });

async function spoken() {
  const speech = await paying.audio.speech.create({
    model: 'tts-1',
    voice: 'alloy',
    input: 'Everybody pays at the gate, and everybody pays once.',
    response_format: 'wav',
  });
  return Buffer.from(await speech.arrayBuffer());
}

test('makes a picture', async () => {
  const made = await paying.images.generate({ model: 'dall-e-3', prompt: 'A gate at dusk' });
  assert.equal(made.data.length, 1);
});

test('makes a picture of tokens and is told what it used', async () => {
  const made = await paying.images.generate({
    model: 'gpt-image-1',
    prompt: 'A gate at dusk',
    quality: 'low',
  });
  assert.ok(made.data[0].b64_json.length > 0);
  assert.ok(made.usage.output_tokens > 0);
});

test('streams a picture', async () => {
  const stream = await paying.images.generate({
    model: 'gpt-image-1',
    prompt: 'A gate at dusk',
    quality: 'low',
    stream: true,
    partial_images: 2,
  });
  const types = [];
  for await (const event of stream) {
    types.push(event.type);
  }
  assert.deepEqual(types, [
    'image_generation.partial_image',
    'image_generation.partial_image',
    'image_generation.completed',
  ]);
});

test('changes a picture that it sends', async () => {
  const made = await paying.images.generate({
    model: 'gpt-image-1',
    prompt: 'A gate at dusk',
    quality: 'low',
  });
  const image = await toFile(Buffer.from(made.data[0].b64_json, 'base64'), 'gate.png', {
    type: 'image/png',
  });
  const changed = await paying.images.edit({
    image,
    prompt: 'At night',
    model: 'gpt-image-1',
    quality: 'low',
  });
  assert.ok(changed.usage.input_tokens_details.image_tokens > 0);
});

test('speaks', async () => {
  const sound = await spoken();
  assert.equal(sound.subarray(0, 4).toString(), 'RIFF');
});

test('transcribes what was spoken', async () => {
  const file = await toFile(await spoken(), 'spoken.wav');
  const words = await paying.audio.transcriptions.create({ file, model: 'whisper-1' });
  assert.ok(words.text.length > 0);
  const text = await paying.audio.transcriptions.create({
    file,
    model: 'whisper-1',
    response_format: 'srt',
  });
  assert.match(text, /-->/);
});

test('streams a transcript', async () => {
  const file = await toFile(await spoken(), 'spoken.wav');
  const stream = await paying.audio.transcriptions.create({
    file,
    model: 'gpt-4o-transcribe',
    stream: true,
  });
  let text = '';
  let done = null;
  for await (const event of stream) {
    text += event.type === 'transcript.text.delta' ? event.delta : '';
    done = event.type === 'transcript.text.done' ? event : done;
  }
  assert.equal(done.text, text);
  assert.ok(done.usage.output_tokens > 0);
});

test('translates what was spoken', async () => {
  const file = await toFile(await spoken(), 'spoken.wav');
  const words = await paying.audio.translations.create({ file, model: 'whisper-1' });
  assert.ok(words.text.length > 0);
});

test('is told in its own errors that a form is wrong, and that nothing is left to pay with', async () => {
  const file = await toFile(Buffer.from('RIFF'), 'a.wav');
  await assert.rejects(
    paying.audio.transcriptions.create({ file, model: 'whisper-none' }),
    OpenAI.NotFoundError,
  );
  await assert.rejects(
    poor.images.generate({ model: 'dall-e-3', prompt: 'A gate' }),
    (error) => error.status === 402 && error.code === 'insufficient_quota',
  );
});
