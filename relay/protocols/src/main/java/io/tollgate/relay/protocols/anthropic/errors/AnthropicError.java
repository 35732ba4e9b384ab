package io.tollgate.relay.protocols.anthropic.errors;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.ErrorAnswer;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.internal.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An error as Anthropic writes it.
 *
 * @param status of HTTP
 * @param retryMayHelp whether the same request may pass later; where not, the answer is to carry
 *     {@code x-should-retry: false}, which the SDKs obey
 * @param type Anthropic's class of the error
 * @param message the sentence for the caller
 * @param requestId names the request, in the body and in the header {@code request-id}
 */
public record AnthropicError(
    int status, boolean retryMayHelp, String type, String message, String requestId) {
  public AnthropicError {
    requireNonNull(type, "type is null");
    requireNonNull(message, "message is null");
    requireNonNull(requestId, "requestId is null");
  }

  public ErrorAnswer answer() {
    List<Header> headers = new ArrayList<>(2);
    headers.add(new Header("request-id", requestId));
    if (!retryMayHelp) {
      headers.add(new Header("x-should-retry", "false"));
    }
    return new ErrorAnswer(status, headers, json().getBytes(StandardCharsets.UTF_8));
  }

  public String json() {
    return "{\"type\":\"error\",\"error\":{\"type\":"
        + JsonText.quote(type)
        + ",\"message\":"
        + JsonText.quote(message)
        + "},\"request_id\":"
        + JsonText.quote(requestId)
        + "}";
  }
}
