"""LangChain with its integrations of OpenAI, Anthropic and Google, each asking a model of each protocol."""

import anthropic
import openai
from langchain_anthropic import ChatAnthropic
from langchain_core.messages import HumanMessage, ToolMessage
from langchain_core.tools import tool
from langchain_google_genai import ChatGoogleGenerativeAI
from langchain_openai import ChatOpenAI, OpenAIEmbeddings
from pydantic import BaseModel

from checks import EMBEDDING_MODELS, MODELS, PNG, RICH, THINKING_MODELS, URL, check, equal, raises, run

HELLO = "Say hello to the gate."
CALLERS = ("openai", "responses", "anthropic", "google")
PAIRS = [f"{caller} asks {model}" for caller in CALLERS for model in MODELS]


class Toll(BaseModel):
    """A toll of a gate."""

    gate: str
    price: float


@tool
def get_weather(city: str) -> str:
    """Tells the weather of a city."""
    return f"Sunny in {city}."


@tool
def get_time(city: str) -> str:
    """Tells the time in a city."""
    return f"Noon in {city}."


def chat(caller, model, steering=None, key=RICH, **options):
    headers = {"X-Sandbox": steering} if steering else None
    if caller in ("openai", "responses"):
        return ChatOpenAI(
            base_url=f"{URL}/v1", api_key=key, model=model, max_retries=0, default_headers=headers,
            use_responses_api=caller == "responses", stream_usage=True, **options,
        )
    if caller == "anthropic":
        return ChatAnthropic(
            base_url=URL, api_key=key, model=model, max_retries=0, default_headers=headers,
            **{"max_tokens": 500, **options},
        )
    return ChatGoogleGenerativeAI(
        base_url=URL, api_key=key, model=model, max_retries=0, additional_headers=headers, **options
    )


def of(pair, *arguments, **options):
    caller, model = pair.split(" asks ")
    return chat(caller, model, *arguments, **options)


@check("answers", *PAIRS)
def answers(pair):
    answer = of(pair).invoke([("system", "Be kind."), ("human", HELLO)])
    assert answer.text
    usage = answer.usage_metadata
    assert usage["input_tokens"] > 0 and usage["output_tokens"] > 0, usage


@check("streams", *PAIRS)
def streams(pair):
    whole = None
    for chunk in of(pair).stream(HELLO):
        whole = chunk if whole is None else whole + chunk
    assert whole.text
    assert whole.usage_metadata["output_tokens"] > 0, whole


@check("calls two tools at once in a stream, and takes both results", *PAIRS)
def tools(pair):
    ask = HumanMessage("What is the weather in Paris, and what time is it?")
    whole = None
    for chunk in of(pair, "tool_calls=2").bind_tools([get_weather, get_time]).stream([ask]):
        whole = chunk if whole is None else whole + chunk
    equal(sorted(call["name"] for call in whole.tool_calls), ["get_time", "get_weather"])
    for call in whole.tool_calls:
        assert call["args"]["city"], call
    results = [ToolMessage("Noon.", tool_call_id=call["id"], name=call["name"]) for call in whole.tool_calls]
    answer = of(pair).bind_tools([get_weather, get_time]).invoke([ask, whole, *results])
    assert answer.text


@check("follows a schema", *PAIRS)
def schema(pair):
    method = "json_schema" if "anthropic" not in pair.split()[0] else "function_calling"
    answer = of(pair).with_structured_output(Toll, method=method).invoke(HELLO)
    assert isinstance(answer, Toll), answer


@check("looks at a picture", *PAIRS)
def picture(pair):
    parts = [
        {"type": "text", "text": "What is on it?"},
        {"type": "image", "base64": PNG, "mime_type": "image/png"},
    ]
    assert of(pair).invoke([HumanMessage(content_blocks=parts)]).text


@check("thinks", *THINKING_MODELS)
def thinks(model):
    answer = chat(
        "anthropic", model, max_tokens=3000, thinking={"type": "enabled", "budget_tokens": 1024}
    ).invoke(HELLO)
    assert answer.text
    if model != THINKING_MODELS[0]:
        assert any(block["type"] == "reasoning" for block in answer.content_blocks), answer


@check("embeds", *EMBEDDING_MODELS)
def embeds(model):
    vectors = OpenAIEmbeddings(
        base_url=f"{URL}/v1", api_key=RICH, model=model, check_embedding_ctx_length=False
    ).embed_documents(["A gate.", "A toll."])
    equal(len(vectors), 2)


@check("a bad key is the SDK's own error")
def bad_key():
    raises(openai.AuthenticationError, lambda: chat("openai", MODELS[0], key="sk-nobody").invoke(HELLO))
    raises(anthropic.AuthenticationError, lambda: chat("anthropic", MODELS[0], key="sk-nobody").invoke(HELLO))
    error = raises(Exception, lambda: chat("google", MODELS[0], key="sk-nobody").invoke(HELLO))
    assert "401" in str(error), error


@check("a 429 of the provider is the SDK's own error", *MODELS)
def limited(model):
    steering = "status=429; retry_after=7"
    raises(openai.RateLimitError, lambda: chat("openai", model, steering).invoke(HELLO))
    raises(anthropic.RateLimitError, lambda: chat("anthropic", model, steering).invoke(HELLO))


if __name__ == "__main__":
    run()
