/** A way to make the first call: where its text belongs, and how it is written. */
export interface Sample {
  id: string
  name: string
  code: string
}

/** Ways to call, with the key and a model filled in. The texts are programs: they are not translated. */
export function samplesOf(origin: string, key: string, model: string): Sample[] {
  const base = `${origin}/v1`
  return [
    {
      id: 'curl',
      name: 'curl',
      code: `curl ${base}/chat/completions \\
  -H "Authorization: Bearer ${key}" \\
  -H "Content-Type: application/json" \\
  -d '{"model": "${model}", "messages": [{"role": "user", "content": "Hello"}]}'`,
    },
    {
      id: 'python',
      name: 'Python · OpenAI',
      code: `from openai import OpenAI

client = OpenAI(base_url="${base}", api_key="${key}")
answer = client.chat.completions.create(
    model="${model}",
    messages=[{"role": "user", "content": "Hello"}],
)
print(answer.choices[0].message.content)`,
    },
    {
      id: 'node',
      name: 'Node · OpenAI',
      code: `import OpenAI from 'openai'

const client = new OpenAI({ baseURL: '${base}', apiKey: '${key}' })
const answer = await client.chat.completions.create({
  model: '${model}',
  messages: [{ role: 'user', content: 'Hello' }],
})
console.log(answer.choices[0].message.content)`,
    },
    {
      id: 'anthropic',
      name: 'Python · Anthropic',
      code: `from anthropic import Anthropic

client = Anthropic(base_url="${origin}", api_key="${key}")
answer = client.messages.create(
    model="${model}",
    max_tokens=256,
    messages=[{"role": "user", "content": "Hello"}],
)
print(answer.content[0].text)`,
    },
    {
      id: 'google',
      name: 'Python · Google',
      code: `from google import genai

client = genai.Client(api_key="${key}", http_options={"base_url": "${origin}"})
answer = client.models.generate_content(model="${model}", contents="Hello")
print(answer.text)`,
    },
    {
      id: 'java',
      name: 'Java · OpenAI',
      code: `OpenAIClient client = OpenAIOkHttpClient.builder()
    .baseUrl("${base}")
    .apiKey("${key}")
    .build();
ChatCompletion answer = client.chat().completions().create(
    ChatCompletionCreateParams.builder()
        .model("${model}")
        .addUserMessage("Hello")
        .build());
System.out.println(answer.choices().get(0).message().content().orElse(""));`,
    },
    {
      id: 'claude-code',
      name: 'Claude Code',
      code: `export ANTHROPIC_BASE_URL=${origin}
export ANTHROPIC_AUTH_TOKEN=${key}
export ANTHROPIC_MODEL=${model}
claude`,
    },
    {
      id: 'codex',
      name: 'Codex',
      code: `# ~/.codex/config.toml
model = "${model}"
model_provider = "tollgate"

[model_providers.tollgate]
name = "Tollgate"
base_url = "${base}"
env_key = "TOLLGATE_KEY"

# export TOLLGATE_KEY=${key}`,
    },
    {
      id: 'cursor',
      name: 'Cursor',
      code: `OpenAI API Key            ${key}
Override OpenAI Base URL  ${base}
Model                     ${model}`,
    },
  ]
}
