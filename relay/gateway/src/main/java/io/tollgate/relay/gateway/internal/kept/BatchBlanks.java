package io.tollgate.relay.gateway.internal.kept;

import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.protocols.CallerProtocol;
import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.CallerRoute;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.RequestHead;
import io.tollgate.relay.protocols.UpstreamCall;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The kinds of request that may be in a batch, and the smallest one of each. */
final class BatchBlanks {
  /** Requests within files have no head. */
  static final RequestHead NO_HEAD =
      new RequestHead() {
        @Override
        public Optional<String> header(String name) {
          return Optional.empty();
        }

        @Override
        public Optional<String> query(String name) {
          return Optional.empty();
        }

        @Override
        public Optional<String> pathParameter(String name) {
          return Optional.empty();
        }
      };

  private static final String PREFIX = "/v1";

  private BatchBlanks() {}

  /**
   * The kind of request that goes to a path, where it may be in a batch.
   *
   * @param endpoint such as {@code /v1/chat/completions}
   */
  static Optional<CallerRoute> route(RelayLoop loop, String endpoint) {
    List<CallerProtocol> callers =
        loop.protocols().callersByPrefix().getOrDefault(PREFIX, List.of());
    for (CallerProtocol caller : callers) {
      for (CallerRoute route : caller.routes()) {
        boolean there = route.paths().stream().anyMatch(path -> endpoint.equals(PREFIX + path));
        if (there && route.blank("m").isPresent()) {
          return Optional.of(route);
        }
      }
    }
    return Optional.empty();
  }

  /** What reads answers to requests of a batch that nobody has any more. */
  static Optional<UpstreamCall> call(RelayLoop loop, String endpoint, String model) {
    return route(loop, endpoint)
        .flatMap(route -> route.blank(model).flatMap(json -> call(loop, route, model, json)));
  }

  private static Optional<UpstreamCall> call(
      RelayLoop loop, CallerRoute route, String model, String json) {
    try {
      CallerRequest blank = route.read(NO_HEAD, json.getBytes(StandardCharsets.UTF_8));
      return Optional.of(loop.protocols().upstream(blank.protocol()).call(blank, model));
    } catch (RequestFault e) {
      return Optional.empty();
    }
  }
}
