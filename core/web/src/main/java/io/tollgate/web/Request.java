package io.tollgate.web;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A request whose body has arrived whole, as a blocking route sees it. Immutable. */
public interface Request {
  RequestContext context();

  String method();

  /** The decoded path, without query. */
  String path();

  /** The path as it was sent, with query. */
  String uri();

  /** A parameter of the route's pattern, decoded. */
  String pathParam(String name);

  /**
   * The value of a query parameter, decoded; an empty value counts as given.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when it is given with several values
   */
  Optional<String> query(String name);

  /** All values of a query parameter, decoded. */
  List<String> queryAll(String name);

  Optional<String> header(String name);

  byte[] body();

  /**
   * The body as JSON; numbers with a fraction are exact decimals.
   *
   * @throws io.tollgate.ground.Refusal {@code MALFORMED_BODY} saying where it stops being JSON;
   *     {@code INVALID_REQUEST} naming what is ambiguous: see {@link Json#read}
   */
  JsonNode json();

  /** The token of {@code Authorization: Bearer}, if there is one. */
  Optional<String> bearerToken();
}
