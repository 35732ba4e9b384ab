package io.tollgate.contracts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The OpenAPI 3.1 description of the HTTP interfaces. It is kept in the folder {@code openapi}, a
 * file for each area, and joined when it is asked for.
 */
public final class ApiDescription {
  private static final String FOLDER = "/openapi/";
  private static final String HEAD = "tollgate";

  /** The files, in the order in which their operations are shown; what several use comes last. */
  private static final List<String> AREAS =
      List.of(
          "relay",
          "responses",
          "texts",
          "messages",
          "media",
          "gemini",
          "kept",
          "sync",
          "signin",
          "me",
          "mymoney",
          "mymembers",
          "mymerchant",
          "merchant",
          "billing",
          "services",
          "recharge",
          "rewards",
          "unbooked",
          "settings",
          "selling",
          "adminlog",
          "auth",
          "admins",
          "users",
          "requests",
          "keys",
          "limits",
          "prices",
          "grants",
          "members",
          "trading",
          "nodes",
          "backtest",
          "signalmonitor",
          "risk",
          "accounts",
          "rules",
          "ledger",
          "dashboard",
          "console",
          "server",
          "shared");

  private ApiDescription() {}

  /** The description as YAML; read anew on every call. */
  public static String yaml() {
    JoinedDescription joined = new JoinedDescription(read(HEAD));
    for (String area : AREAS) {
      joined.add(area + ".yaml", read(area));
    }
    return joined.yaml();
  }

  private static String read(String area) {
    String resource = FOLDER + area + ".yaml";
    try (InputStream file = ApiDescription.class.getResourceAsStream(resource)) {
      if (file == null) {
        throw new IllegalStateException("resource: " + resource + " (expected: in the build)");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
