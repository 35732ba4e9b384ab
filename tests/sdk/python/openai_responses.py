"""The official OpenAI SDK for Python: Responses, whole and put together by its stream's state machine."""

import json

import openai
from openai import OpenAI
from pydantic import BaseModel

from checks import (
    CITY, MODELS, PNG, POOR, RICH, THINKING_MODELS, TWO_CALLS, URL, check, equal, raises, run,
)

client = OpenAI(base_url=f"{URL}/v1", api_key=RICH, max_retries=0)
HELLO = "Say hello to the gate."


def tool(name):
    return {
        "type": "function", "name": name, "description": f"Does {name}.", "parameters": CITY, "strict": True,
    }


WEATHER, CLOCK = tool("get_weather"), tool("get_time")


class Toll(BaseModel):
    gate: str
    price: float


@check("responds", *MODELS)
def responds(model):
    answer = client.responses.create(model=model, input=HELLO, instructions="Be kind.", max_output_tokens=60)
    assert answer.output_text
    assert answer.status in ("completed", "incomplete")
    assert answer.usage.input_tokens > 0 and answer.usage.output_tokens > 0


@check("streams, and the SDK's state machine puts it together", *MODELS)
def streams(model):
    text, numbers = "", []
    with client.responses.stream(model=model, input=HELLO, max_output_tokens=60) as stream:
        for event in stream:
            numbers.append(event.sequence_number)
            if event.type == "response.output_text.delta":
                text += event.delta
        answer = stream.get_final_response()
    equal(answer.output_text, text)
    equal(numbers, list(range(len(numbers))))
    assert text and answer.usage.output_tokens > 0


@check("calls two functions at once in a stream, and takes both results", *MODELS)
def parallel(model):
    ask = {"role": "user", "content": "What is the weather in Paris, and what time is it?"}
    with client.responses.stream(
        model=model, input=[ask], tools=[WEATHER, CLOCK], store=False, extra_headers=TWO_CALLS
    ) as stream:
        done = [event for event in stream if event.type == "response.function_call_arguments.done"]
        answer = stream.get_final_response()
    calls = [item for item in answer.output if item.type == "function_call"]
    equal(sorted(call.name for call in calls), ["get_time", "get_weather"])
    equal(len(done), 2)
    for call in calls:
        assert json.loads(call.arguments)["city"]
    results = [{"type": "function_call_output", "call_id": call.call_id, "output": "Noon."} for call in calls]
    items = [item.model_dump(exclude_none=True, exclude={"parsed_arguments"}) for item in answer.output]
    second = client.responses.create(
        model=model, input=[ask, *items, *results], tools=[WEATHER, CLOCK], store=False
    )
    assert second.output_text


@check("looks at a picture", *MODELS)
def picture(model):
    answer = client.responses.create(
        model=model,
        max_output_tokens=60,
        input=[
            {
                "role": "user",
                "content": [
                    {"type": "input_text", "text": "What is on it?"},
                    {"type": "input_image", "detail": "auto", "image_url": f"data:image/png;base64,{PNG}"},
                ],
            }
        ],
    )
    assert answer.output_text


@check("follows a JSON schema", *MODELS)
def schema(model):
    answer = client.responses.parse(model=model, input=HELLO, text_format=Toll)
    assert isinstance(answer.output_parsed, Toll), answer


@check("thinks in a stream, and takes its thoughts back", *THINKING_MODELS)
def thinks(model):
    ask = {"role": "user", "content": HELLO}
    with client.responses.stream(
        model=model, input=[ask], reasoning={"effort": "low", "summary": "auto"},
        include=["reasoning.encrypted_content"], store=False, max_output_tokens=3000,
    ) as stream:
        answer = stream.get_final_response()
    assert answer.output_text
    assert answer.usage.output_tokens_details.reasoning_tokens > 0, answer.usage
    assert any(item.type == "reasoning" for item in answer.output), answer.output
    items = [
        item.model_dump(exclude_none=True, exclude={"status": True, "content": {"__all__": {"parsed"}}})
        for item in answer.output
    ]
    again = client.responses.create(
        model=model, input=[ask, *items, {"role": "user", "content": "And again?"}],
        reasoning={"effort": "low"}, store=False, max_output_tokens=3000,
    )
    assert again.output_text


@check("is incomplete by its length in a stream", *MODELS)
def length(model):
    with client.responses.stream(
        model=model, input=HELLO, extra_headers={"X-Sandbox": "finish=length"}
    ) as stream:
        kinds = [event.type for event in stream]
    equal(kinds[-1], "response.incomplete")


@check("refuses in a stream", *MODELS)
def refuses(model):
    last = None
    with client.responses.stream(
        model=model, input=HELLO, extra_headers={"X-Sandbox": "finish=refusal"}
    ) as stream:
        for event in stream:
            last = event
    refused = any(
        part.type == "refusal"
        for item in last.response.output if item.type == "message"
        for part in item.content
    )
    filtered = last.response.incomplete_details and last.response.incomplete_details.reason == "content_filter"
    assert refused or filtered, last


@check("a bad key is an AuthenticationError")
def bad_key():
    nobody = OpenAI(base_url=f"{URL}/v1", api_key="sk-nobody")
    raises(openai.AuthenticationError, lambda: nobody.responses.create(model=MODELS[0], input=HELLO))


@check("an unknown model is a NotFoundError")
def unknown_model():
    raises(openai.NotFoundError, lambda: client.responses.create(model="no-such-model", input=HELLO))


@check("an empty balance is a status error with 402", *MODELS)
def no_means(model):
    poor = OpenAI(base_url=f"{URL}/v1", api_key=POOR)
    error = raises(openai.APIStatusError, lambda: poor.responses.create(model=model, input=HELLO))
    equal((error.status_code, error.code), (402, "insufficient_quota"))


@check("a 429 of the provider is a RateLimitError", *MODELS)
def limited_upstream(model):
    error = raises(
        openai.RateLimitError,
        lambda: client.responses.create(
            model=model, input=HELLO, extra_headers={"X-Sandbox": "status=429; retry_after=7"}
        ),
    )
    equal(error.response.headers["retry-after"], "7")


@check("a stream that breaks off raises an error", *MODELS)
def broken(model):
    raises(
        openai.APIError,
        lambda: list(
            client.responses.create(
                model=model, input="Break off.", stream=True,
                extra_headers={"X-Sandbox": "output_tokens=40; abort_after=3"},
            )
        ),
    )


if __name__ == "__main__":
    run()
