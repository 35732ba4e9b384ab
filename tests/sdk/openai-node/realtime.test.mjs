// The official SDK's realtime client, with nothing changed but base URL and key; it knows TLS only,
// which nobody speaks on loopback, so its connections are made here.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { test } from 'node:test';
import OpenAI from 'openai';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';

const demo = JSON.parse(readFileSync(process.env.DEMO_FILE, 'utf8'));
const client = (user) =>
  new OpenAI({ baseURL: `${demo.public_url}/v1`, apiKey: demo.users[user].api_key });

const hello = {
  type: 'conversation.item.create',
  item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Say hello' }] },
};

function session(user, model = 'gpt-realtime') {
  const createConnection = ({ host, port }) => net.connect({ host, port });
  return new OpenAIRealtimeWS({ model, options: { createConnection } }, client(user));
}

test('a realtime session answers in text', async () => {
  const realtime = session(1);
  let text = '';
  const done = await new Promise((resolve, reject) => {
    realtime.on('error', reject);
    realtime.on('session.created', () => {
      realtime.send({
        type: 'session.update',
        session: { type: 'realtime', output_modalities: ['text'], instructions: 'Be brief.' },
      });
      realtime.send(hello);
      realtime.send({ type: 'response.create' });
    });
    realtime.on('response.output_text.delta', (event) => (text += event.delta));
    realtime.on('response.done', resolve);
  });
  realtime.close();
  assert.equal(done.response.status, 'completed');
  assert.equal(done.response.output[0].content[0].text, text);
  assert.ok(done.response.usage.output_tokens > 0);
});

test('a realtime session answers in sound', async () => {
  const realtime = session(1);
  let sound = 0;
  await new Promise((resolve, reject) => {
    realtime.on('error', reject);
    realtime.on('session.created', () => {
      realtime.send(hello);
      realtime.send({ type: 'response.create' });
    });
    realtime.on('response.output_audio.delta', (event) => (sound += event.delta.length));
    realtime.on('response.done', resolve);
  });
  realtime.close();
  assert.ok(sound > 0);
});

test('an event of a realtime session that is refused is an error with its name', async () => {
  const realtime = session(1);
  const error = await new Promise((resolve) => {
    realtime.on('error', resolve);
    realtime.on('session.created', () =>
      realtime.send({
        type: 'session.update',
        event_id: 'mine',
        session: { type: 'realtime', model: 'gpt-4o' },
      }),
    );
  });
  realtime.close();
  assert.equal(error.error.event_id, 'mine');
  assert.equal(error.error.param, 'session.model');
});

test('a realtime session without means is not opened', async () => {
  const realtime = session(2);
  const error = await new Promise((resolve) => realtime.on('error', resolve));
  assert.match(String(error.message ?? error), /402/);
});

test('a frame that is too large ends a realtime session', async () => {
  const realtime = session(1);
  const closed = await new Promise((resolve) => {
    realtime.on('error', () => {});
    realtime.socket.on('close', resolve);
    realtime.on('session.created', () => realtime.socket.send('x'.repeat(5 << 20)));
  });
  assert.notEqual(closed, 1000);
});
