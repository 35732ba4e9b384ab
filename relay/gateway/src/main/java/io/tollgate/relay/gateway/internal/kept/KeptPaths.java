package io.tollgate.relay.gateway.internal.kept;

import io.tollgate.relay.accounts.KeptObject;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Paths as they are passed on to accounts. */
public final class KeptPaths {
  private static final String KEY = "key=";

  private KeptPaths() {}

  /** A provider's id as a segment of a path. */
  public static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Where it is asked how something stands, below its account's base URL. */
  static String of(KeptObject object) {
    String folder =
        switch (object.kind()) {
          case FILE -> "/files/";
          case BATCH -> "/batches/";
          case RESPONSE -> "/responses/";
        };
    return folder + encoded(object.id());
  }

  /** The request's query as it came, without the caller's key; empty where nothing is left. */
  public static String query(HttpServerRequest request) {
    String query = request.query();
    if (query == null || query.isEmpty()) {
      return "";
    }
    String left =
        Arrays.stream(query.split("&"))
            .filter(part -> !part.isEmpty() && !part.startsWith(KEY))
            .collect(Collectors.joining("&"));
    return left.isEmpty() ? "" : "?" + left;
  }
}
