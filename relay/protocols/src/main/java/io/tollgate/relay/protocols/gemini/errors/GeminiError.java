package io.tollgate.relay.protocols.gemini.errors;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.ErrorAnswer;
import io.tollgate.relay.protocols.internal.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An error as Google writes it.
 *
 * @param code the status of HTTP
 * @param message the sentence for the caller
 * @param status Google's word for the class of the error, such as {@code INVALID_ARGUMENT}
 */
public record GeminiError(int code, String message, String status) {
  public GeminiError {
    requireNonNull(message, "message is null");
    requireNonNull(status, "status is null");
  }

  public ErrorAnswer answer() {
    return new ErrorAnswer(code, List.of(), json().getBytes(StandardCharsets.UTF_8));
  }

  public String json() {
    return "{\"error\":{\"code\":"
        + code
        + ",\"message\":"
        + JsonText.quote(message)
        + ",\"status\":"
        + JsonText.quote(status)
        + "}}";
  }
}
