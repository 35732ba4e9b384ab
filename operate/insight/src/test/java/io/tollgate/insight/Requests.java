package io.tollgate.insight;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.relay.gateway.LoggedAttempt;
import io.tollgate.relay.gateway.LoggedRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/** Requests as a gateway tells of them. */
final class Requests {
  static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
  private static final RandomGenerator RANDOM = RandomGenerator.of("L64X128MixRandom");

  private Requests() {}

  /** One that was served at the second try, and paid for. */
  static LoggedRequest served(Instant at, long user, String model) {
    return served(at, user, model, 941, 99);
  }

  /** The same that took so long. */
  static LoggedRequest served(Instant at, long user, String model, long ms, long firstTokenMs) {
    return new LoggedRequest(
        ChargeId.create(at.toEpochMilli(), RANDOM),
        at,
        "/v1/chat/completions",
        Optional.of(new LoggedRequest.Payer(new TenantId(1), new UserId(user), new ApiKeyId(9))),
        Optional.of("openai"),
        Optional.of(model),
        Optional.of(model + "-2026"),
        true,
        200,
        Optional.empty(),
        List.of(
            new LoggedAttempt(3, model, 1, 40, "UPSTREAM_TIMEOUT"),
            new LoggedAttempt(4, model + "\t\n", 41, 900, "answered")),
        new TokenUsage(120, 20, 10, 30, 5),
        Optional.of(new LoggedRequest.Cost("USD", "v1;x=1", 7, 1_234_567, 0)),
        Optional.of("mine-" + user),
        Optional.of("4bf92f3577b34da6a3ce929d0e0e" + "%04x".formatted(user)),
        ms,
        OptionalLong.of(firstTokenMs));
  }

  /** One that was refused before anybody knew whose it is. */
  static LoggedRequest refused(Instant at, int status, String code) {
    return new LoggedRequest(
        ChargeId.create(at.toEpochMilli(), RANDOM),
        at,
        "/v1/chat/completions",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        status,
        Optional.of(code),
        List.of(),
        TokenUsage.NONE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1,
        OptionalLong.empty());
  }
}
