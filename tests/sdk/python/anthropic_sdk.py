"""The official Anthropic SDK for Python: messages, put together by its stream's state machine too."""

import anthropic
from anthropic import Anthropic
from pydantic import BaseModel

from checks import (
    CITY, MODELS, ONE_AT_A_TIME, PNG, POOR, RICH, SLOW_STREAM, THINKING_MODELS, TWO_CALLS, URL,
    check, equal, raises, run,
)

client = Anthropic(base_url=URL, api_key=RICH, max_retries=0)
CHAT_MODEL = THINKING_MODELS[0]
HELLO = [{"role": "user", "content": "Say hello to the gate."}]


def tool(name):
    return {"name": name, "description": f"Does {name}.", "input_schema": CITY}


WEATHER, CLOCK = tool("get_weather"), tool("get_time")


class Toll(BaseModel):
    gate: str
    price: float


def text_of(message):
    return "".join(block.text for block in message.content if block.type == "text")


@check("answers", *MODELS)
def answers(model):
    answer = client.messages.create(model=model, max_tokens=60, system="Be kind.", messages=HELLO)
    assert text_of(answer)
    assert answer.stop_reason in ("end_turn", "max_tokens")
    assert answer.usage.input_tokens > 0 and answer.usage.output_tokens > 0
    assert answer._request_id


@check("streams, and the SDK's state machine puts it together", *MODELS)
def streams(model):
    with client.messages.stream(model=model, max_tokens=60, messages=HELLO) as stream:
        text = "".join(stream.text_stream)
        answer = stream.get_final_message()
    assert text
    equal(text_of(answer), text)
    assert answer.stop_reason in ("end_turn", "max_tokens")
    assert answer.usage.input_tokens > 0 and answer.usage.output_tokens > 0


@check("calls a tool and takes its result", *MODELS)
def tools(model):
    ask = {"role": "user", "content": "Use get_weather for Paris."}
    first = client.messages.create(
        model=model, max_tokens=200, messages=[ask], tools=[WEATHER],
        tool_choice={"type": "tool", "name": "get_weather"},
    )
    equal(first.stop_reason, "tool_use")
    call = next(block for block in first.content if block.type == "tool_use")
    assert call.input["city"]
    result = [
        {"type": "text", "text": "Sunny."},
        {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": PNG}},
    ]
    second = client.messages.create(
        model=model, max_tokens=60, tools=[WEATHER],
        messages=[
            ask,
            {"role": "assistant", "content": first.content},
            {"role": "user", "content": [{"type": "tool_result", "tool_use_id": call.id, "content": result}]},
        ],
    )
    assert text_of(second)


@check("calls two tools at once in a stream, and takes both results", *MODELS)
def parallel(model):
    ask = {"role": "user", "content": "What is the weather in Paris, and what time is it?"}
    starts = []
    with client.messages.stream(
        model=model, max_tokens=200, messages=[ask], tools=[WEATHER, CLOCK], extra_headers=TWO_CALLS
    ) as stream:
        for event in stream:
            if event.type == "content_block_start":
                starts.append(event.index)
        first = stream.get_final_message()
    equal(starts, list(range(len(starts))))
    calls = [block for block in first.content if block.type == "tool_use"]
    equal(sorted(call.name for call in calls), ["get_time", "get_weather"])
    for call in calls:
        assert call.input["city"]
    equal(first.stop_reason, "tool_use")
    second = client.messages.create(
        model=model, max_tokens=60, tools=[WEATHER, CLOCK],
        messages=[
            ask,
            {"role": "assistant", "content": [block.model_dump(exclude_none=True, exclude={"parsed_output"}) for block in first.content]},
            {
                "role": "user",
                "content": [
                    {"type": "tool_result", "tool_use_id": call.id, "content": "Noon."} for call in calls
                ],
            },
        ],
    )
    assert text_of(second)


@check("looks at a picture", *MODELS)
def picture(model):
    answer = client.messages.create(
        model=model, max_tokens=60,
        messages=[
            {
                "role": "user",
                "content": [
                    {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": PNG}},
                    {"type": "text", "text": "What is on it?"},
                ],
            }
        ],
    )
    assert text_of(answer)


@check("follows a JSON schema", *MODELS)
def schema(model):
    answer = client.messages.parse(model=model, max_tokens=200, messages=HELLO, output_format=Toll)
    assert isinstance(answer.parsed_output, Toll), answer


@check("has its tokens counted", *MODELS)
def counts(model):
    answer = client.messages.count_tokens(model=model, messages=HELLO, system="Be kind.", tools=[WEATHER])
    assert answer.input_tokens > 20, answer


@check("thinks in a stream, and takes its thoughts back", *THINKING_MODELS)
def thinks(model):
    thinking = {"type": "enabled", "budget_tokens": 1024}
    with client.messages.stream(
        model=model, max_tokens=3000, messages=HELLO, thinking=thinking
    ) as stream:
        kinds = {event.type for event in stream}
        first = stream.get_final_message()
    assert text_of(first)
    assert first.usage.output_tokens_details.thinking_tokens > 0, first.usage
    # OpenAI's chat completions keep their thoughts to themselves
    if model != CHAT_MODEL:
        assert "thinking" in kinds, kinds
        thoughts = [block for block in first.content if block.type == "thinking"]
        assert thoughts[0].thinking, first.content
    again = client.messages.create(
        model=model, max_tokens=3000, thinking=thinking,
        messages=[
            *HELLO,
            {"role": "assistant", "content": [block.model_dump(exclude_none=True, exclude={"parsed_output"}) for block in first.content]},
            {"role": "user", "content": "And again?"},
        ],
    )
    assert text_of(again)


@check("marks what a cache may keep", *MODELS)
def marks(model):
    answer = client.messages.create(
        model=model, max_tokens=60, messages=HELLO,
        system=[{"type": "text", "text": "Be kind. " * 600, "cache_control": {"type": "ephemeral"}}],
    )
    usage = answer.usage
    all_input = usage.input_tokens + (usage.cache_read_input_tokens or 0) + (usage.cache_creation_input_tokens or 0)
    assert all_input > 600, usage


@check("ends for each reason in a stream", *MODELS)
def reasons(model):
    for steered, told in (
        ("length", "max_tokens"), ("content_filter", "refusal"), ("refusal", "refusal"), ("stop", "end_turn"),
    ):
        with client.messages.stream(
            model=model, max_tokens=300, messages=HELLO, extra_headers={"X-Sandbox": f"finish={steered}"}
        ) as stream:
            answer = stream.get_final_message()
        equal((steered, answer.stop_reason), (steered, told))


@check("lists models")
def lists():
    ids = {model.id for model in client.models.list(limit=1000)}
    assert set(MODELS) <= ids, ids


@check("a bad key is an AuthenticationError", *MODELS)
def bad_key(model):
    nobody = Anthropic(base_url=URL, api_key="sk-nobody")
    error = raises(
        anthropic.AuthenticationError,
        lambda: nobody.messages.create(model=model, max_tokens=9, messages=HELLO),
    )
    equal(error.body["error"]["type"], "authentication_error")


@check("an unknown model is a NotFoundError")
def unknown_model():
    raises(
        anthropic.NotFoundError,
        lambda: client.messages.create(model="no-such-model", max_tokens=9, messages=HELLO),
    )


@check("a request without messages is a BadRequestError", *MODELS)
def no_messages(model):
    error = raises(
        anthropic.BadRequestError, lambda: client.messages.create(model=model, max_tokens=9, messages=[])
    )
    assert "messages" in error.message, error.message


@check("an empty balance is a status error with 402", *MODELS)
def no_means(model):
    poor = Anthropic(base_url=URL, api_key=POOR)
    error = raises(
        anthropic.APIStatusError,
        lambda: poor.messages.create(model=model, max_tokens=9, messages=HELLO),
    )
    equal((error.status_code, error.body["error"]["type"]), (402, "billing_error"))


@check("a 429 of the provider is a RateLimitError", *MODELS)
def limited_upstream(model):
    error = raises(
        anthropic.RateLimitError,
        lambda: client.messages.create(
            model=model, max_tokens=9, messages=HELLO, extra_headers={"X-Sandbox": "status=429; retry_after=7"}
        ),
    )
    equal(error.response.headers["retry-after"], "7")


@check("an overloaded provider is an OverloadedError or InternalServerError", *MODELS)
def overloaded(model):
    error = raises(
        anthropic.InternalServerError,
        lambda: client.messages.create(
            model=model, max_tokens=9, messages=HELLO, extra_headers={"X-Sandbox": "status=529"}
        ),
    )
    assert error.status_code >= 500


@check("a stream that breaks off raises an error", *MODELS)
def broken(model):
    def read():
        with client.messages.stream(
            model=model, max_tokens=300, messages=[{"role": "user", "content": "Break off."}],
            extra_headers={"X-Sandbox": "output_tokens=40; abort_after=3"},
        ) as stream:
            return stream.get_final_message()

    raises(anthropic.APIError, read)


@check("the SDK waits as Retry-After says, and succeeds", MODELS[0])
def retries(model):
    limited = Anthropic(base_url=URL, api_key=ONE_AT_A_TIME, max_retries=3)
    # a stream that has begun holds the key's only place until its end, some half a second from now
    first = limited.messages.create(
        model=model, max_tokens=99, messages=HELLO, stream=True, extra_headers={"X-Sandbox": SLOW_STREAM}
    )
    next(iter(first))
    answer = limited.messages.with_raw_response.create(model=model, max_tokens=9, messages=HELLO)
    assert answer.retries_taken >= 1
    assert text_of(answer.parse())
    assert list(first)[-1].type == "message_stop"


if __name__ == "__main__":
    run()
