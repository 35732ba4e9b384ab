package io.tollgate.relay.protocols.internal.openai;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.ErrorAnswer;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.internal.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * An error as OpenAI writes it.
 *
 * @param status of HTTP
 * @param retryMayHelp whether the same request may pass later; where not, the answer is to carry
 *     {@code x-should-retry: false}, which the SDKs obey
 * @param message the sentence for the caller
 * @param type OpenAI's class of the error
 * @param code OpenAI's code, where there is one
 * @param param the parameter it is about, where one is known
 */
public record OpenAiError(
    int status,
    boolean retryMayHelp,
    String message,
    String type,
    Optional<String> code,
    Optional<String> param) {
  private static final List<Header> NO_RETRY = List.of(new Header("x-should-retry", "false"));

  public OpenAiError {
    requireNonNull(message, "message is null");
    requireNonNull(type, "type is null");
    requireNonNull(code, "code is null");
    requireNonNull(param, "param is null");
  }

  public ErrorAnswer answer() {
    return new ErrorAnswer(
        status, retryMayHelp ? List.of() : NO_RETRY, json().getBytes(StandardCharsets.UTF_8));
  }

  public String json() {
    return "{\"error\":{\"message\":"
        + JsonText.quote(message)
        + ",\"type\":"
        + JsonText.quote(type)
        + ",\"param\":"
        + param.map(JsonText::quote).orElse("null")
        + ",\"code\":"
        + code.map(JsonText::quote).orElse("null")
        + "}}";
  }
}
