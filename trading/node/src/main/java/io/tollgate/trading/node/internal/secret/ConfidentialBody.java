package io.tollgate.trading.node.internal.secret;

import static java.util.Objects.requireNonNull;

import io.tollgate.web.Json;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A body whose secrets were taken out before anything else read it: no parser, no text and no
 * message has ever held one of them.
 *
 * @param json the rest; where a secret stood, there is a text without meaning
 * @param secrets the receiver's to close
 */
public record ConfidentialBody(JsonNode json, Secrets secrets) {
  /** Fields that are secret wherever they stand. */
  private static final Set<String> SECRET = Set.of("api_key", "api_secret", "passphrase");

  public ConfidentialBody {
    requireNonNull(json, "json is null");
    requireNonNull(secrets, "secrets is null");
  }

  /**
   * Reads a body; its secrets are overwritten in it.
   *
   * @throws io.tollgate.ground.Refusal as {@link Json#read} does
   */
  public static ConfidentialBody read(byte[] body) {
    Secrets secrets = new Secrets();
    try {
      new SecretScan(body, SECRET, secrets).run();
      return new ConfidentialBody(Json.read(body), secrets);
    } catch (RuntimeException e) {
      secrets.close();
      throw e;
    }
  }
}
