package io.tollgate.relay.rules.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.tollgate.identity.SecretBox;

/** Seals and opens what filters know us by, each for its tenant only. */
public final class FilterSecrets {
  private final SecretBox box;

  public FilterSecrets(SecretBox box) {
    this.box = requireNonNull(box, "box is null");
  }

  byte[] seal(long tenant, String secret) {
    return box.seal(secret.getBytes(UTF_8), associated(tenant));
  }

  String open(long tenant, byte[] sealed) {
    return new String(box.open(sealed, associated(tenant)), UTF_8);
  }

  private static String associated(long tenant) {
    return "relay.filter_rule:" + tenant;
  }
}
