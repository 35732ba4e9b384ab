package io.tollgate.relay.gateway.internal.http;

import io.tollgate.relay.protocols.ErrorAnswer;
import io.tollgate.relay.protocols.Header;
import io.tollgate.web.Response;
import java.nio.charset.StandardCharsets;

/** Turns an error of the caller's protocol into an HTTP answer. */
public final class ErrorResponse {
  private ErrorResponse() {}

  public static Response of(ErrorAnswer answer) {
    Response response =
        Response.text(
            answer.status(), "application/json", new String(answer.body(), StandardCharsets.UTF_8));
    for (Header header : answer.headers()) {
      response = response.withHeader(header.name(), header.value());
    }
    return response;
  }
}
