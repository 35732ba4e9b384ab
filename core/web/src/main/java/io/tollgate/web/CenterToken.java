package io.tollgate.web;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

/**
 * The secret that the centre and its execution nodes share, by which each knows the other. Sent in
 * a header, and compared in a time that tells nothing of it. Immutable.
 */
public final class CenterToken {
  /** The header. */
  public static final String HEADER = "X-Center-Token";

  public static final Setting<Boolean> ENABLED =
      Setting.flag(
          "node.auth.enabled",
          true,
          "Whether centre and execution nodes ask each other for node.auth.secret; off only on a"
              + " loopback address");
  public static final Setting<String> SECRET =
      Setting.secret(
          "node.auth.secret",
          "Secret that the centre and its execution nodes share; 16 characters or more");

  private static final int SHORTEST = 16;

  private final boolean asked;
  private final Optional<String> secret;

  private CenterToken(boolean asked, Optional<String> secret) {
    this.asked = asked;
    this.secret = requireNonNull(secret, "secret is null");
  }

  /** Everybody is let in. */
  public static CenterToken notAsked() {
    return new CenterToken(false, Optional.empty());
  }

  /** Whoever has the secret is let in. */
  public static CenterToken of(String secret) {
    return new CenterToken(true, Optional.of(secret));
  }

  /** What can be set. */
  public static List<Setting<?>> settings() {
    return List.of(ENABLED, SECRET);
  }

  /**
   * As set. Where it is asked for and none is set, nobody is let in.
   *
   * @param loopback whether the servers listen on a loopback address
   * @throws SettingsException when it is too short, or not asked for where others reach the servers
   */
  public static CenterToken from(Settings settings, boolean loopback) {
    Optional<String> secret = settings.find(SECRET).filter(text -> !text.isEmpty());
    boolean asked = settings.get(ENABLED);
    if (!asked && !loopback) {
      throw new SettingsException(
          "node.auth.enabled: false (expected: true, unless bind.address is a loopback address:"
              + " whoever reaches the port could act in the centre's name)");
    }
    if (secret.filter(text -> text.length() < SHORTEST).isPresent()) {
      throw new SettingsException(
          "node.auth.secret is too short (expected: " + SHORTEST + " characters or more)");
    }
    return new CenterToken(asked, secret);
  }

  /**
   * The same, for who must not serve without.
   *
   * @throws SettingsException also when it is asked for and not set
   */
  public static CenterToken required(Settings settings, boolean loopback) {
    CenterToken token = from(settings, loopback);
    if (token.asked && token.secret.isEmpty()) {
      throw new SettingsException(
          "node.auth.secret is not set (expected with node.auth.enabled: the secret that the"
              + " centre has too; make one with: openssl rand -base64 32)");
    }
    return token;
  }

  /** What is sent, where there is one. */
  public Optional<String> secret() {
    return secret;
  }

  /**
   * Lets a request pass that has it.
   *
   * @throws Refusal {@code UNAUTHENTICATED}
   */
  public void require(Request request) {
    if (!asked) {
      return;
    }
    // hashes are compared: neither the time nor the length tells how much of it is right
    boolean right =
        secret.isPresent()
            && request
                .header(HEADER)
                .filter(given -> MessageDigest.isEqual(hash(given), hash(secret.get())))
                .isPresent();
    if (!right) {
      throw new Refusal(
          ErrorCode.UNAUTHENTICATED,
          HEADER + " is missing or wrong (expected: the secret that centre and nodes share)");
    }
  }

  private static byte[] hash(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("no SHA-256 in this runtime", e);
    }
  }

  @Override
  public String toString() {
    return "CenterToken[" + (asked ? "****" : "not asked") + "]";
  }
}
