package io.tollgate.relay.protocols.anthropic;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.CallerRoute;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.RequestHead;
import io.tollgate.relay.protocols.anthropic.errors.AnthropicErrors;
import io.tollgate.relay.protocols.anthropic.request.MessagesRequest;
import java.util.ArrayList;
import java.util.List;

/** The route of messages: {@code POST /messages}, with {@code ?beta=true} or without. */
final class MessagesRoute implements CallerRoute {
  static final String VERSION_HEADER = "anthropic-version";
  static final String BETA_HEADER = "anthropic-beta";

  private static final List<String> PATHS = List.of("/messages");
  private static final String DEFAULT_VERSION = "2023-06-01";

  private final AnthropicErrors errors;

  MessagesRoute(AnthropicErrors errors) {
    this.errors = requireNonNull(errors, "errors is null");
  }

  @Override
  public List<String> paths() {
    return PATHS;
  }

  @Override
  public CallerRequest read(RequestHead head, byte[] body) {
    boolean beta = head.query("beta").filter("true"::equals).isPresent();
    return MessagesRequest.parse(body, headers(head), beta, errors);
  }

  /** What the upstream is told of the version, as the caller told us. */
  private static List<Header> headers(RequestHead head) {
    List<Header> headers = new ArrayList<>(2);
    headers.add(new Header(VERSION_HEADER, head.header(VERSION_HEADER).orElse(DEFAULT_VERSION)));
    head.header(BETA_HEADER).ifPresent(beta -> headers.add(new Header(BETA_HEADER, beta)));
    return headers;
  }

  /** What the upstream is told where the caller speaks another protocol. */
  static List<Header> ownHeaders() {
    return List.of(new Header(VERSION_HEADER, DEFAULT_VERSION));
  }
}
