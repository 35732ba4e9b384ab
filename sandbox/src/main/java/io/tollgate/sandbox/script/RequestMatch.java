package io.tollgate.sandbox.script;

import java.util.Optional;

/**
 * Which requests a script is for: those that have all of what is named here.
 *
 * @param path how the request's path begins
 * @param model the JSON field {@code model} of its body
 * @param header a header that it has
 * @param contains a text that its body contains
 */
public record RequestMatch(
    Optional<String> path,
    Optional<String> model,
    Optional<Header> header,
    Optional<String> contains) {
  /** All of them. */
  public static final RequestMatch ANY =
      new RequestMatch(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Requests whose path begins so. */
  public static RequestMatch path(String path) {
    return new RequestMatch(Optional.of(path), ANY.model, ANY.header, ANY.contains);
  }

  /** Requests for this model. */
  public static RequestMatch model(String model) {
    return new RequestMatch(ANY.path, Optional.of(model), ANY.header, ANY.contains);
  }

  /** Requests with this header. */
  public static RequestMatch header(String name, String value) {
    return new RequestMatch(
        ANY.path, ANY.model, Optional.of(new Header(name, value)), ANY.contains);
  }

  /** Requests with this text in their body. */
  public static RequestMatch contains(String text) {
    return new RequestMatch(ANY.path, ANY.model, ANY.header, Optional.of(text));
  }

  /** Whether it is one of them. */
  public boolean matches(ReceivedRequest request) {
    return path.map(request.target()::startsWith).orElse(true)
        && header
            .map(wanted -> request.header(wanted.name()).filter(wanted.value()::equals).isPresent())
            .orElse(true)
        && model.map(wanted -> request.model().filter(wanted::equals).isPresent()).orElse(true)
        && contains.map(wanted -> request.body().toString().contains(wanted)).orElse(true);
  }
}
