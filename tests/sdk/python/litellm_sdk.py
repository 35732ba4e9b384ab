"""LiteLLM as a client, in the protocols of OpenAI, Anthropic and Google, each asking a model of each."""

import os

# its table of models comes with it; nothing is fetched
os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"

import litellm

from checks import CITY, EMBEDDING_MODELS, MODELS, PNG, POOR, RICH, TWO_CALLS, URL, check, equal, raises, run

litellm.telemetry = False
litellm.suppress_debug_info = True
HELLO = [{"role": "user", "content": "Say hello to the gate."}]
CALLERS = {
    "openai": ("openai", f"{URL}/v1"),
    "anthropic": ("anthropic", URL),
    "gemini": ("gemini", f"{URL}/v1beta"),
}
PAIRS = [f"{caller} asks {model}" for caller in CALLERS for model in MODELS]
TOOLS = [
    {"type": "function", "function": {"name": name, "description": f"Does {name}.", "parameters": CITY}}
    for name in ("get_weather", "get_time")
]


def ask(pair, key=RICH, messages=HELLO, **options):
    caller, model = pair.split(" asks ")
    provider, base = CALLERS[caller]
    return litellm.completion(
        model=f"{provider}/{model}", api_base=base, api_key=key, messages=messages, num_retries=0, max_retries=0,
        **{"max_tokens": 500, **options},
    )


@check("answers", *PAIRS)
def answers(pair):
    answer = ask(pair)
    assert answer.choices[0].message.content
    assert answer.usage.prompt_tokens > 0 and answer.usage.completion_tokens > 0


@check("streams", *PAIRS)
def streams(pair):
    chunks = list(ask(pair, stream=True, stream_options={"include_usage": True}))
    whole = litellm.stream_chunk_builder(chunks)
    assert whole.choices[0].message.content
    assert whole.usage.completion_tokens > 0


@check("calls two tools at once in a stream, and takes both results", *PAIRS)
def tools(pair):
    chunks = list(ask(pair, stream=True, tools=TOOLS, extra_headers=TWO_CALLS))
    message = litellm.stream_chunk_builder(chunks).choices[0].message
    equal(sorted(call.function.name for call in message.tool_calls), ["get_time", "get_weather"])
    results = [{"role": "tool", "tool_call_id": call.id, "content": "Noon."} for call in message.tool_calls]
    second = ask(pair, messages=[*HELLO, message, *results], tools=TOOLS)
    assert second.choices[0].message.content


@check("looks at a picture", *PAIRS)
def picture(pair):
    parts = [
        {"type": "text", "text": "What is on it?"},
        {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{PNG}"}},
    ]
    assert ask(pair, messages=[{"role": "user", "content": parts}]).choices[0].message.content


@check("embeds", *EMBEDDING_MODELS)
def embeds(model):
    answer = litellm.embedding(
        model=f"openai/{model}", api_base=f"{URL}/v1", api_key=RICH, input=["A gate.", "A toll."]
    )
    equal(len(answer.data), 2)


@check("a bad key is an AuthenticationError", *(f"{caller} asks {MODELS[0]}" for caller in CALLERS))
def bad_key(pair):
    raises(litellm.AuthenticationError, lambda: ask(pair, key="sk-nobody"))


@check("an unknown model is a NotFoundError", "openai asks no-such-model", "anthropic asks no-such-model")
def unknown(pair):
    raises(litellm.NotFoundError, lambda: ask(pair))


@check("a 429 of the provider is a RateLimitError", *(f"{caller} asks {MODELS[0]}" for caller in CALLERS))
def limited(pair):
    raises(litellm.RateLimitError, lambda: ask(pair, extra_headers={"X-Sandbox": "status=429; retry_after=7"}))


@check("an empty balance is an error with 402", "openai asks gpt-4o-mini")
def no_means(pair):
    error = raises(Exception, lambda: ask(pair, key=POOR))
    assert "quota" in str(error) or "402" in str(error), error


if __name__ == "__main__":
    run()
