package io.tollgate.bench.settlement;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.metering.Charge;
import io.tollgate.metering.Passage;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.PassageResult;
import io.tollgate.metering.Passages;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Requests let through and settled as fast as one event loop can, some thousand under way at a
 * time. Who is refused because the database does not keep up with new users asks again. Everything
 * but {@link #run} is confined to the loop.
 */
final class PassageRun {
  private static final int UNDER_WAY = 2_000;
  private static final FlatPrice PRICE = new FlatPrice(10);
  private static final TokenUsage ESTIMATE = TokenUsage.of(180, 64);
  private static final PassageResult RESULT =
      new PassageResult(
          TokenUsage.of(180, 20),
          true,
          200,
          Optional.empty(),
          OptionalLong.of(1),
          "gpt-4o-mini",
          1,
          12,
          OptionalLong.empty());

  private final Passages passages;
  private final ExecutorService loop;
  private final SplittableRandom random = new SplittableRandom(1);
  private final CompletableFuture<Boolean> over = new CompletableFuture<>();
  private final int users;
  private final int wanted;
  private int opened;
  private int settled;
  private int refused;
  private boolean scheduled;

  private PassageRun(Passages passages, ExecutorService loop, int users, int wanted) {
    this.passages = passages;
    this.loop = loop;
    this.users = users;
    this.wanted = wanted;
  }

  /**
   * Settles so many requests and returns when the last is in the meter log.
   *
   * @param users numbers 1 to this, drawn at random for each request
   * @return how many were refused and asked again
   */
  static int run(OwnMetering metering, int users, int charges) {
    PassageRun passing = new PassageRun(metering.passages(), metering.loop(), users, charges);
    metering.loop().execute(passing::open);
    if (!passing.over.join()) {
      throw new IllegalStateException("requests did not end");
    }
    return passing.refused;
  }

  private void open() {
    scheduled = false;
    while (opened < wanted && opened - settled < UNDER_WAY) {
      opened++;
      var _ =
          passages
              .open(request())
              .thenComposeAsync(PassageRun::settle, loop)
              .whenCompleteAsync(this::settled, loop);
    }
  }

  private static CompletionStage<Charge> settle(Passage passage) {
    return passage.record(RESULT);
  }

  private void settled(@Nullable Charge charge, @Nullable Throwable failure) {
    if (failure == null) {
      settled++;
    } else if (isUnavailable(failure)) {
      opened--;
      refused++;
    } else {
      over.completeExceptionally(failure);
      return;
    }
    if (settled == wanted) {
      over.complete(true);
    } else if (opened < wanted && !scheduled) {
      scheduled = true;
      loop.execute(this::open);
    }
  }

  private static boolean isUnavailable(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof Refusal refusal && refusal.code() == ErrorCode.UNAVAILABLE;
  }

  private PassageRequest request() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    int user = 1 + random.nextInt(users);
    return new PassageRequest(
        ChargeId.create(now.toEpochMilli(), random),
        PayingUsers.TENANT,
        new UserId(user),
        new ApiKeyId(user),
        Protocol.OPENAI,
        "gpt-4o-mini",
        false,
        Optional.empty(),
        now,
        PRICE,
        ESTIMATE,
        ESTIMATE);
  }
}
