package io.tollgate.metering.internal.database;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.meterlog.LogPosition;
import io.tollgate.metering.internal.meterlog.LogRecord.Intent;
import io.tollgate.metering.internal.meterlog.LogRecord.Leg;
import io.tollgate.metering.internal.meterlog.LogRecord.LegKind;
import io.tollgate.metering.internal.meterlog.LogRecord.Result;
import io.tollgate.metering.internal.settlement.SettledCharge;
import io.tollgate.metering.internal.settlement.SettlementBatch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** Charges as a meter log tells them. */
final class SomeCharges {
  private static final Random RANDOM = new Random(11);

  private SomeCharges() {}

  /** A leg that pays. */
  static Leg pays(AccountId account, long units) {
    return new Leg(LegKind.PAYMENT, account, units);
  }

  /** A leg that counts against a limit. */
  static Leg counts(AccountId account, long units) {
    return new Leg(LegKind.LIMIT, account, units);
  }

  /**
   * A charge of a user, paid by the legs; the price is what the legs in money and uncovered are.
   */
  static SettledCharge charge(
      long sequence, UserId user, long price, long uncovered, List<Leg> legs) {
    return charge(sequence, user, price, uncovered, legs, new TokenUsage(100, 10, 5, 50, 7));
  }

  /** The same of another usage than the usual one. */
  static SettledCharge charge(
      long sequence, UserId user, long price, long uncovered, List<Leg> legs, TokenUsage usage) {
    ChargeId id = ChargeId.create(System.currentTimeMillis(), RANDOM);
    Instant at = Instant.now();
    Intent intent =
        new Intent(
            id,
            at,
            Books.TENANT,
            user,
            new ApiKeyId(40 + user.value()),
            Protocol.OPENAI,
            "gpt-4o-mini",
            false,
            Optional.empty(),
            FlatPrices.VERSION,
            TokenUsage.of(10, 20),
            legs);
    Result result =
        new Result(
            id,
            at,
            usage,
            true,
            price,
            uncovered,
            legs,
            200,
            Optional.empty(),
            OptionalLong.of(3),
            "gpt-4o-mini-2024-07-18",
            1,
            640,
            OptionalLong.of(210));
    return new SettledCharge(sequence, intent, result);
  }

  static SettledCharge charge(long sequence, AccountId account, long units) {
    return charge(sequence, Books.USER, units, 0, List.of(pays(account, units)));
  }

  static SettledCharge charge(long sequence, AccountId account, long units, TokenUsage usage) {
    return charge(sequence, Books.USER, units, 0, List.of(pays(account, units)), usage);
  }

  /** A batch from the log's start. */
  static SettlementBatch first(HolderId log, SettledCharge... charges) {
    return batch(log, Books.START, charges);
  }

  static SettlementBatch batch(HolderId log, LogPosition from, SettledCharge... charges) {
    return new SettlementBatch(
        log.value(), from, after(from, 2L * charges.length + 1), 1, List.of(charges));
  }

  /** The position so many records later. */
  static LogPosition after(LogPosition from, long records) {
    long sequence = from.sequence() + records;
    return new LogPosition(sequence, (int) (sequence * 31));
  }
}
