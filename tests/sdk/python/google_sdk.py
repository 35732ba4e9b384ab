"""The official Google GenAI SDK for Python."""

import base64

from google import genai
from google.genai import errors, types
from pydantic import BaseModel

from checks import (
    MODELS, ONE_AT_A_TIME, PNG, POOR, RICH, SLOW_STREAM, THINKING_MODELS, TWO_CALLS, URL, check,
    equal, raises, run,
)


def client_of(key, **options):
    return genai.Client(api_key=key, http_options=types.HttpOptions(base_url=URL, **options))


client = client_of(RICH)
HELLO = "Say hello to the gate."
CITY = types.Schema(type="OBJECT", properties={"city": types.Schema(type="STRING")}, required=["city"])
TOOLS = types.Tool(
    function_declarations=[
        types.FunctionDeclaration(name=name, description=f"Does {name}.", parameters=CITY)
        for name in ("get_weather", "get_time")
    ]
)
NOT_BY_ITSELF = types.AutomaticFunctionCallingConfig(disable=True)


def config(steering=None, **fields):
    options = types.HttpOptions(headers={"X-Sandbox": steering}) if steering else None
    return types.GenerateContentConfig(
        http_options=options, automatic_function_calling=NOT_BY_ITSELF, **fields
    )


class Toll(BaseModel):
    gate: str
    price: float


@check("answers", *MODELS)
def answers(model):
    answer = client.models.generate_content(
        model=model, contents=HELLO, config=config(max_output_tokens=60, system_instruction="Be kind.")
    )
    assert answer.text
    assert answer.candidates[0].finish_reason in (types.FinishReason.STOP, types.FinishReason.MAX_TOKENS)
    usage = answer.usage_metadata
    assert usage.prompt_token_count > 0 and usage.candidates_token_count > 0
    assert usage.total_token_count >= usage.prompt_token_count + usage.candidates_token_count


@check("streams", *MODELS)
def streams(model):
    text, last = "", None
    for chunk in client.models.generate_content_stream(
        model=model, contents=HELLO, config=config(max_output_tokens=60)
    ):
        text += chunk.text or ""
        last = chunk
    assert text
    assert last.candidates[0].finish_reason and last.usage_metadata.total_token_count > 0


@check("calls two functions at once in a stream, and takes both results", *MODELS)
def parallel(model):
    ask = types.Content(role="user", parts=[types.Part(text="The weather in Paris, and the time?")])
    parts = []
    for chunk in client.models.generate_content_stream(
        model=model, contents=[ask], config=config("tool_calls=2", tools=[TOOLS])
    ):
        parts += chunk.candidates[0].content.parts or []
    calls = [part.function_call for part in parts if part.function_call]
    equal(sorted(call.name for call in calls), ["get_time", "get_weather"])
    for call in calls:
        assert call.args["city"]
    results = [
        types.Part(
            function_response=types.FunctionResponse(id=call.id, name=call.name, response={"output": "Noon."})
        )
        for call in calls
    ]
    second = client.models.generate_content(
        model=model,
        contents=[ask, types.Content(role="model", parts=parts), types.Content(role="user", parts=results)],
        config=config(tools=[TOOLS]),
    )
    assert second.text


@check("calls a function of Python by itself", *MODELS)
def automatic(model):
    asked = []

    def get_weather(city: str) -> str:
        """Tells the weather of a city."""
        asked.append(city)
        return "Sunny."

    answer = client.models.generate_content(
        model=model,
        contents="Use get_weather for Paris.",
        config=types.GenerateContentConfig(
            tools=[get_weather],
            automatic_function_calling=types.AutomaticFunctionCallingConfig(maximum_remote_calls=2),
        ),
    )
    assert asked
    assert answer.automatic_function_calling_history


@check("looks at a picture", *MODELS)
def picture(model):
    answer = client.models.generate_content(
        model=model,
        contents=[types.Part.from_bytes(data=base64.b64decode(PNG), mime_type="image/png"), "What is on it?"],
        config=config(max_output_tokens=60),
    )
    assert answer.text


@check("follows a schema", *MODELS)
def schema(model):
    answer = client.models.generate_content(
        model=model, contents=HELLO,
        config=config(response_mime_type="application/json", response_schema=Toll),
    )
    assert isinstance(answer.parsed, Toll), answer.text


@check("has its tokens counted", *MODELS)
def counts(model):
    assert client.models.count_tokens(model=model, contents=HELLO).total_tokens > 3


@check("thinks in a stream, and takes its thoughts back", *THINKING_MODELS)
def thinks(model):
    ask = types.Content(role="user", parts=[types.Part(text=HELLO)])
    thinking = types.ThinkingConfig(thinking_budget=1024, include_thoughts=True)
    parts, last = [], None
    for chunk in client.models.generate_content_stream(
        model=model, contents=[ask], config=config(thinking_config=thinking, max_output_tokens=3000)
    ):
        parts += (chunk.candidates[0].content and chunk.candidates[0].content.parts) or []
        last = chunk
    assert last.usage_metadata.thoughts_token_count, last.usage_metadata
    assert any(part.text and not part.thought for part in parts), parts
    again = client.models.generate_content(
        model=model,
        contents=[
            ask, types.Content(role="model", parts=parts),
            types.Content(role="user", parts=[types.Part(text="And again?")]),
        ],
        config=config(thinking_config=thinking, max_output_tokens=3000),
    )
    assert again.text


@check("ends for each reason in a stream", *MODELS)
def reasons(model):
    for steered, told in (("length", ["MAX_TOKENS"]), ("content_filter", ["SAFETY"]), ("stop", ["STOP"])):
        chunks = list(
            client.models.generate_content_stream(
                model=model, contents=HELLO, config=config(f"finish={steered}")
            )
        )
        given = [
            chunk.candidates[0].finish_reason.name
            for chunk in chunks
            if chunk.candidates and chunk.candidates[0].finish_reason
        ]
        equal((steered, given), (steered, told))


@check("lists models")
def lists():
    names = {model.name for model in client.models.list()}
    assert {f"models/{model}" for model in MODELS} <= names, names


@check("a bad key is a ClientError with 401", *MODELS)
def bad_key(model):
    nobody = client_of("sk-nobody")
    error = raises(
        errors.ClientError, lambda: nobody.models.generate_content(model=model, contents=HELLO)
    )
    equal((error.code, error.status), (401, "UNAUTHENTICATED"))


@check("an unknown model is a ClientError with 404")
def unknown_model():
    error = raises(
        errors.ClientError,
        lambda: client.models.generate_content(model="no-such-model", contents=HELLO),
    )
    equal((error.code, error.status), (404, "NOT_FOUND"))


@check("a request without contents is a ClientError with 400", *MODELS)
def no_contents(model):
    error = raises(
        errors.ClientError,
        lambda: client.models.generate_content(model=model, contents=[types.Content(role="user", parts=[])]),
    )
    equal((error.code, error.status), (400, "INVALID_ARGUMENT"))


@check("an empty balance is a ClientError with 402", *MODELS)
def no_means(model):
    poor = client_of(POOR)
    error = raises(errors.ClientError, lambda: poor.models.generate_content(model=model, contents=HELLO))
    equal((error.code, error.status), (402, "RESOURCE_EXHAUSTED"))


@check("a 429 of the provider is a ClientError", *MODELS)
def limited_upstream(model):
    error = raises(
        errors.ClientError,
        lambda: client.models.generate_content(
            model=model, contents=HELLO, config=config("status=429; retry_after=7")
        ),
    )
    equal((error.code, error.status), (429, "RESOURCE_EXHAUSTED"))


@check("an overloaded provider is a ServerError", *MODELS)
def overloaded(model):
    error = raises(
        errors.ServerError,
        lambda: client.models.generate_content(model=model, contents=HELLO, config=config("status=503")),
    )
    equal((error.code, error.status), (503, "UNAVAILABLE"))


@check("a stream that breaks off raises an error", *MODELS)
def broken(model):
    raises(
        errors.APIError,
        lambda: list(
            client.models.generate_content_stream(
                model=model, contents="Break off.", config=config("output_tokens=40; abort_after=3")
            )
        ),
    )


@check("the SDK tries again after 429, and succeeds", MODELS[0])
def retries(model):
    limited = client_of(
        ONE_AT_A_TIME, retry_options=types.HttpRetryOptions(attempts=6, initial_delay=0.3, http_status_codes=[429])
    )
    # a stream that has begun holds the key's only place until its end, some half a second from now
    first = limited.models.generate_content_stream(model=model, contents=HELLO, config=config(SLOW_STREAM))
    next(first)
    assert limited.models.generate_content(model=model, contents=HELLO).text
    assert list(first)


if __name__ == "__main__":
    run()
