package io.tollgate.payments.internal.sandbox;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;

/**
 * How the sandbox's channel is reached.
 *
 * @param secret signs both ways
 * @param tolerance how old a notification may be
 */
public record SandboxTerms(URI base, String secret, Duration tolerance, InstantSource clock) {
  public SandboxTerms {
    requireNonNull(base, "base is null");
    requireNonNull(secret, "secret is null");
    requireNonNull(tolerance, "tolerance is null");
    requireNonNull(clock, "clock is null");
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "SandboxTerms[base=" + base + "]";
  }
}
