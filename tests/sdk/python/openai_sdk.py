"""The official OpenAI SDK for Python: chat completions, embeddings, errors."""

import json

import openai
from openai import OpenAI
from pydantic import BaseModel

from checks import (
    CITY, EMBEDDING_MODELS, MODELS, ONE_AT_A_TIME, PNG, POOR, RICH, SLOW_STREAM, THINKING_MODELS, TWO_CALLS,
    URL, check, equal, raises, run,
)

client = OpenAI(base_url=f"{URL}/v1", api_key=RICH, max_retries=0)
HELLO = [{"role": "user", "content": "Say hello to the gate."}]


def tool(name):
    return {
        "type": "function",
        "function": {"name": name, "description": f"Does {name}.", "parameters": CITY, "strict": True},
    }


WEATHER, CLOCK = tool("get_weather"), tool("get_time")


class Toll(BaseModel):
    gate: str
    price: float


@check("answers", *MODELS)
def answers(model):
    answer = client.chat.completions.create(model=model, messages=HELLO, max_tokens=60)
    assert answer.choices[0].message.content
    assert answer.choices[0].finish_reason in ("stop", "length")
    usage = answer.usage
    assert usage.prompt_tokens > 0 and usage.completion_tokens > 0
    equal(usage.total_tokens, usage.prompt_tokens + usage.completion_tokens)
    assert answer._request_id


@check("streams, and the SDK's state machine puts it together", *MODELS)
def streams(model):
    text, kinds = "", set()
    with client.chat.completions.stream(
        model=model, messages=HELLO, max_tokens=60, stream_options={"include_usage": True}
    ) as stream:
        for event in stream:
            kinds.add(event.type)
            if event.type == "content.delta":
                text += event.delta
        answer = stream.get_final_completion()
    equal(answer.choices[0].message.content, text)
    assert text and "content.done" in kinds, kinds
    assert answer.usage.completion_tokens > 0


@check("calls a tool and takes its result", *MODELS)
def tools(model):
    ask = {"role": "user", "content": "Use get_weather for Paris."}
    first = client.chat.completions.create(
        model=model, messages=[ask], tools=[WEATHER], tool_choice="required"
    )
    equal(first.choices[0].finish_reason, "tool_calls")
    call = first.choices[0].message.tool_calls[0]
    equal(call.function.name, "get_weather")
    assert json.loads(call.function.arguments)["city"]
    second = client.chat.completions.create(
        model=model,
        messages=[
            ask,
            first.choices[0].message,
            {"role": "tool", "tool_call_id": call.id, "content": "Sunny, 21 degrees."},
        ],
        tools=[WEATHER],
    )
    assert second.choices[0].message.content


@check("calls two tools at once in a stream, and takes both results", *MODELS)
def parallel(model):
    ask = {"role": "user", "content": "What is the weather in Paris, and what time is it?"}
    done = []
    with client.chat.completions.stream(
        model=model, messages=[ask], tools=[WEATHER, CLOCK], extra_headers=TWO_CALLS
    ) as stream:
        for event in stream:
            if event.type == "tool_calls.function.arguments.done":
                done.append(event.name)
        choice = stream.get_final_completion().choices[0]
    equal(choice.finish_reason, "tool_calls")
    calls = choice.message.tool_calls
    equal(sorted(call.function.name for call in calls), ["get_time", "get_weather"])
    equal(sorted(done), ["get_time", "get_weather"])
    assert len({call.id for call in calls}) == 2
    results = [{"role": "tool", "tool_call_id": call.id, "content": "Noon."} for call in calls]
    message = choice.message.model_dump(exclude_none=True, exclude={"parsed"})
    for call in message["tool_calls"]:
        call["function"].pop("parsed_arguments", None)
        call.pop("index", None)
    second = client.chat.completions.create(
        model=model, messages=[ask, message, *results], tools=[WEATHER, CLOCK]
    )
    assert second.choices[0].message.content


@check("looks at a picture", *MODELS)
def picture(model):
    answer = client.chat.completions.create(
        model=model,
        max_tokens=60,
        messages=[
            {
                "role": "user",
                "content": [
                    {"type": "text", "text": "What is on it?"},
                    {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{PNG}"}},
                ],
            }
        ],
    )
    assert answer.choices[0].message.content


@check("follows a JSON schema", *MODELS)
def schema(model):
    answer = client.chat.completions.parse(model=model, messages=HELLO, response_format=Toll)
    assert isinstance(answer.choices[0].message.parsed, Toll), answer


@check("thinks before it answers", *THINKING_MODELS)
def thinks(model):
    answer = client.chat.completions.create(
        model=model, messages=HELLO, reasoning_effort="low", max_completion_tokens=3000
    )
    assert answer.choices[0].message.content
    thought = answer.usage.completion_tokens_details.reasoning_tokens
    assert 0 < thought < answer.usage.completion_tokens, answer.usage


@check("thinks in a stream", *THINKING_MODELS)
def thinks_in_a_stream(model):
    with client.chat.completions.stream(
        model=model, messages=HELLO, reasoning_effort="low", max_completion_tokens=3000,
        stream_options={"include_usage": True},
    ) as stream:
        answer = stream.get_final_completion()
    assert answer.choices[0].message.content
    assert answer.usage.completion_tokens_details.reasoning_tokens > 0, answer.usage


@check("ends by its length in a stream", *MODELS)
def length(model):
    with client.chat.completions.stream(
        model=model, messages=HELLO, extra_headers={"X-Sandbox": "finish=length"}
    ) as stream:
        error = raises(openai.LengthFinishReasonError, lambda: [*stream, stream.get_final_completion()])
    assert error.completion.choices[0].message.content


@check("is stopped by a filter in a stream", *MODELS)
def filtered(model):
    stream = client.chat.completions.create(
        model=model, messages=HELLO, stream=True, extra_headers={"X-Sandbox": "finish=content_filter"}
    )
    reasons = [chunk.choices[0].finish_reason for chunk in stream if chunk.choices]
    equal(reasons[-1], "content_filter")


@check("embeds", *EMBEDDING_MODELS)
def embeds(model):
    answer = client.embeddings.create(model=model, input=["A gate.", "A toll."])
    equal([item.index for item in answer.data], [0, 1])
    assert len(answer.data[0].embedding) > 100
    assert answer.usage.prompt_tokens > 0


@check("lists models")
def lists():
    ids = {model.id for model in client.models.list()}
    assert set(MODELS) <= ids, ids
    equal(client.models.retrieve(MODELS[0]).id, MODELS[0])


@check("moderates, free")
def moderates():
    answer = client.moderations.create(model="omni-moderation-latest", input="A gate.")
    assert answer.results[0].categories is not None


@check("completes a text")
def completes():
    answer = client.completions.create(model="gpt-3.5-turbo-instruct", prompt="A gate is", max_tokens=9)
    assert answer.choices[0].text and answer.usage.completion_tokens > 0


@check("a bad key is an AuthenticationError", *MODELS)
def bad_key(model):
    nobody = OpenAI(base_url=f"{URL}/v1", api_key="sk-nobody")
    error = raises(
        openai.AuthenticationError,
        lambda: nobody.chat.completions.create(model=model, messages=HELLO),
    )
    equal(error.code, "invalid_api_key")


@check("an unknown model is a NotFoundError")
def unknown_model():
    error = raises(
        openai.NotFoundError,
        lambda: client.chat.completions.create(model="no-such-model", messages=HELLO),
    )
    equal(error.code, "model_not_found")


@check("a request without messages is a BadRequestError", *MODELS)
def no_messages(model):
    error = raises(
        openai.BadRequestError, lambda: client.chat.completions.create(model=model, messages=[])
    )
    assert "messages" in error.message, error.message


@check("an empty balance is a status error with 402", *MODELS)
def no_means(model):
    poor = OpenAI(base_url=f"{URL}/v1", api_key=POOR)
    error = raises(
        openai.APIStatusError, lambda: poor.chat.completions.create(model=model, messages=HELLO)
    )
    equal((error.status_code, error.code), (402, "insufficient_quota"))


@check("a 429 of the provider is a RateLimitError", *MODELS)
def limited_upstream(model):
    error = raises(
        openai.RateLimitError,
        lambda: client.chat.completions.create(
            model=model, messages=HELLO, extra_headers={"X-Sandbox": "status=429; retry_after=7"}
        ),
    )
    equal(error.response.headers["retry-after"], "7")


@check("an overloaded provider is an InternalServerError", *MODELS)
def overloaded(model):
    raises(
        openai.InternalServerError,
        lambda: client.chat.completions.create(
            model=model, messages=HELLO, extra_headers={"X-Sandbox": "status=503"}
        ),
    )


@check("a stream that breaks off raises an error", *MODELS)
def broken(model):
    def read():
        stream = client.chat.completions.create(
            model=model, messages=[{"role": "user", "content": "Break off."}], stream=True,
            extra_headers={"X-Sandbox": "output_tokens=40; abort_after=3"},
        )
        return list(stream)

    raises(openai.APIError, read)


@check("the SDK waits as Retry-After says, and succeeds", MODELS[0])
def retries(model):
    limited = OpenAI(base_url=f"{URL}/v1", api_key=ONE_AT_A_TIME, max_retries=3)
    # a stream that has begun holds the key's only place until its end, some half a second from now
    first = limited.chat.completions.create(
        model=model, messages=HELLO, stream=True, extra_headers={"X-Sandbox": SLOW_STREAM}
    )
    next(iter(first))
    answer = limited.chat.completions.with_raw_response.create(model=model, messages=HELLO)
    assert answer.retries_taken >= 1
    assert answer.parse().choices[0].message.content
    assert list(first)[-1].choices[0].finish_reason == "stop"


if __name__ == "__main__":
    run()
