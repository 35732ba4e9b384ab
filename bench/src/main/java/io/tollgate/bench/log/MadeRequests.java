package io.tollgate.bench.log;

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
import java.util.SplittableRandom;

/** Requests as a gateway would tell of them: of many users, some of whom ask much. */
final class MadeRequests {
  static final int USERS = 100_000;
  static final int MODELS = 40;
  private static final String ROUTE = "/v1/chat/completions";
  private static final String PRICE =
      "v2:USD:1:standard:input=0.15,output=0.6,cache_read=0.075:-:2026-11-21-0c1e5a77:model-";

  private final SplittableRandom random;

  MadeRequests(long seed) {
    random = new SplittableRandom(seed);
  }

  static long keyOf(long user) {
    return 2 * user;
  }

  LoggedRequest next(Instant at) {
    // a few ask most: the square of a share
    double share = random.nextDouble();
    long user = 1 + (long) (share * share * USERS);
    String model = "model-" + random.nextInt(MODELS);
    int kind = random.nextInt(100);
    int status = kind < 93 ? 200 : kind < 96 ? 429 : kind < 98 ? 502 : 402;
    boolean served = status == 200;
    long account = 1 + random.nextInt(20);
    long input = 50 + random.nextInt(4_000);
    long output = served ? 10 + random.nextInt(1_500) : 0;
    long latency = 200 + random.nextInt(20_000);
    return new LoggedRequest(
        ChargeId.create(at.toEpochMilli(), random),
        at,
        ROUTE,
        Optional.of(
            new LoggedRequest.Payer(
                new TenantId(1 + user % 50), new UserId(user), new ApiKeyId(keyOf(user)))),
        Optional.of("openai"),
        Optional.of(model),
        served ? Optional.of(model + "-2026-11-01") : Optional.empty(),
        random.nextBoolean(),
        status,
        served ? Optional.empty() : Optional.of("ERROR_" + status),
        status == 402 || status == 429
            ? List.of()
            : List.of(new LoggedAttempt(account, model, 1, latency, "answered")),
        served ? TokenUsage.of(input, output) : TokenUsage.NONE,
        served
            ? Optional.of(
                new LoggedRequest.Cost("USD", PRICE + model, 0, input * 150 + output * 600, 0))
            : Optional.empty(),
        random.nextInt(5) == 0
            ? Optional.of("mine-" + Long.toHexString(random.nextLong()))
            : Optional.empty(),
        random.nextInt(10) == 0
            ? Optional.of("%016x%016x".formatted(random.nextLong(), random.nextLong()))
            : Optional.empty(),
        latency,
        served ? OptionalLong.of(latency / 4) : OptionalLong.empty());
  }

  /** One that is refused before anybody knows whose it is. */
  LoggedRequest refused(Instant at) {
    return new LoggedRequest(
        ChargeId.create(at.toEpochMilli(), random),
        at,
        ROUTE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        401,
        Optional.of("INVALID_API_KEY"),
        List.of(),
        TokenUsage.NONE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1,
        OptionalLong.empty());
  }
}
