package io.tollgate.relay.protocols;

import java.util.Optional;

/** The part of a request's head that a protocol may read: everything but the key. */
public interface RequestHead {
  /** The first header of that name, whatever its case. */
  Optional<String> header(String name);

  /** The first parameter of that name in the query, decoded. */
  Optional<String> query(String name);

  /** The part of the path that the route's pattern names so, decoded. */
  Optional<String> pathParameter(String name);
}
