package io.tollgate.metering.internal.meterlog;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.contracts.UsageUnit;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.internal.meterlog.LogRecord.Intent;
import io.tollgate.metering.internal.meterlog.LogRecord.Leg;
import io.tollgate.metering.internal.meterlog.LogRecord.LegKind;
import io.tollgate.metering.internal.meterlog.LogRecord.Progress;
import io.tollgate.metering.internal.meterlog.LogRecord.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;

/** Records made by a seed. */
final class SomeRecords {
  private final Random random;
  private long micros = 1_790_000_000_000_000L;

  SomeRecords(long seed) {
    random = new Random(seed);
  }

  static LogIdentity identity(long seed) {
    Random random = new Random(seed);
    return new LogIdentity(uuid(random), uuid(random), uuid(random), uuid(random), 3);
  }

  private static UUID uuid(Random random) {
    return new UUID(random.nextLong(), random.nextLong());
  }

  Instant now() {
    micros += random.nextInt(1_000_000);
    return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
  }

  ChargeId charge() {
    return ChargeId.create(micros / 1_000, random);
  }

  Intent intent() {
    return new Intent(
        charge(),
        now(),
        new TenantId(1 + random.nextInt(1_000)),
        new UserId(1 + random.nextInt(1_000_000)),
        new ApiKeyId(1 + random.nextInt(1_000_000)),
        Protocol.values()[random.nextInt(Protocol.values().length)],
        text(LogRecord.Intent.MODEL_BYTES),
        random.nextBoolean(),
        random.nextBoolean()
            ? Optional.of(text(LogRecord.Intent.CLIENT_ID_BYTES))
            : Optional.empty(),
        text(LogRecord.Intent.PRICE_BYTES),
        usage(),
        legs());
  }

  Progress progress(ChargeId charge) {
    return new Progress(charge, now(), usage(), legs());
  }

  Result result(ChargeId charge) {
    long price = random.nextLong(Long.MAX_VALUE);
    return new Result(
        charge,
        now(),
        usage(),
        random.nextBoolean(),
        price,
        random.nextLong(price + 1),
        legs(),
        random.nextInt(600),
        random.nextBoolean() ? Optional.of(text(Result.ERROR_BYTES)) : Optional.empty(),
        random.nextBoolean() ? OptionalLong.of(random.nextLong()) : OptionalLong.empty(),
        text(Result.MODEL_BYTES),
        random.nextInt(5),
        random.nextLong(100_000),
        random.nextBoolean() ? OptionalLong.of(random.nextLong(100_000)) : OptionalLong.empty(),
        random.nextInt(4) == 0
            ? Optional.of(text(LogRecord.Intent.PRICE_BYTES))
            : Optional.empty());
  }

  /** The largest result there can be. */
  static Result largest(ChargeId charge, Instant at) {
    List<Leg> legs = new ArrayList<>();
    for (int i = 0; i < LogRecord.MAX_LEGS; i++) {
      legs.add(new Leg(LegKind.PAYMENT, new AccountId(Long.MAX_VALUE), Long.MAX_VALUE));
    }
    return new Result(
        charge,
        at,
        everyKind(),
        true,
        1,
        1,
        legs,
        200,
        Optional.of("e".repeat(Result.ERROR_BYTES)),
        OptionalLong.of(1),
        "m".repeat(Result.MODEL_BYTES),
        1,
        1,
        OptionalLong.of(1),
        Optional.of("p".repeat(LogRecord.Intent.PRICE_BYTES)));
  }

  /** Something of every kind, as much as there may be of all. */
  static TokenUsage everyKind() {
    TokenUsage.Builder usage = TokenUsage.builder();
    int kinds = UsageKind.all().size();
    for (UsageKind kind : UsageKind.all()) {
      long max =
          kind.unit() == UsageUnit.TOKEN ? TokenUsage.MAX_TOKENS : TokenUsage.MAX_OTHER_UNITS;
      usage.add(kind, max / kinds);
    }
    return usage.build();
  }

  private TokenUsage usage() {
    TokenUsage.Builder usage = TokenUsage.builder();
    for (UsageKind kind : UsageKind.all()) {
      if (random.nextInt(4) == 0) {
        usage.add(kind, random.nextInt(1 << random.nextInt(1, 23)));
      }
    }
    return usage.build();
  }

  private List<Leg> legs() {
    List<Leg> legs = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      legs.add(
          new Leg(
              LegKind.values()[random.nextInt(LegKind.values().length)],
              new AccountId(1 + random.nextLong(Long.MAX_VALUE - 1)),
              random.nextLong(Long.MAX_VALUE)));
    }
    return legs;
  }

  private String text(int maxBytes) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(Math.min(maxBytes, 40) / 3 + 1); i > 0; i--) {
      text.append((char) (random.nextInt(4) == 0 ? '\u4e00' + random.nextInt(100) : 'a' + i % 26));
    }
    return text.toString();
  }
}
