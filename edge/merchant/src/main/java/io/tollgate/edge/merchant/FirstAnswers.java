package io.tollgate.edge.merchant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.Record;

/**
 * Keeps the first answer to a call that moves money, in the transaction that moves it: under the
 * same key it is given again. What is refused is not kept, or a top-up could not cure it.
 */
final class FirstAnswers {
  private static final String CLAIM =
      """
      INSERT INTO merchant.answer (tenant_id, operation, idempotency_key, request_hash, created_at)
      VALUES (?, ?, ?, ?, ?::timestamptz) ON CONFLICT DO NOTHING
      """;
  private static final String KEEP =
      """
      UPDATE merchant.answer SET data = ?
       WHERE tenant_id = ? AND operation = ? AND idempotency_key = ?
      """;
  private static final String FIND =
      """
      SELECT request_hash, data FROM merchant.answer
       WHERE tenant_id = ? AND operation = ? AND idempotency_key = ?
      """;

  private final Transactions transactions;
  private final MerchantSteps steps;
  private final InstantSource clock;

  FirstAnswers(Transactions transactions, MerchantSteps steps, InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.steps = requireNonNull(steps, "steps is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Does the work in a transaction, unless it was done under the caller's key.
   *
   * @param operation names the call
   * @param request what is asked for, in one form: amounts that are equal are written alike
   * @throws MerchantFault {@code IDEMPOTENCY_CONFLICT} when the key was used for another request
   */
  String once(
      Caller caller, String operation, List<String> request, Function<Transaction, String> work) {
    if (caller.idempotencyKey().isEmpty()) {
      return transactions.write(work::apply);
    }
    String key = caller.idempotencyKey().get();
    byte[] hash = hash(request);
    return transactions.write(
        transaction -> {
          // of two at once the second waits here, until the first has ended
          int claimed =
              transaction
                  .sql()
                  .execute(
                      CLAIM,
                      caller.id().value(),
                      operation,
                      key,
                      hash,
                      clock.instant().truncatedTo(ChronoUnit.MICROS).toString());
          if (claimed == 0) {
            return again(transaction, caller, operation, key, hash);
          }
          steps.reach(MerchantStep.KEY_TAKEN);
          String data = work.apply(transaction);
          int _ = transaction.sql().execute(KEEP, data, caller.id().value(), operation, key);
          transaction.afterCommit(() -> steps.reach(MerchantStep.ANSWER_KEPT));
          steps.reach(MerchantStep.ANSWER_KEEPING);
          return data;
        });
  }

  private static String again(
      Transaction transaction, Caller caller, String operation, String key, byte[] hash) {
    Record first = transaction.sql().fetchSingle(FIND, caller.id().value(), operation, key);
    if (!MessageDigest.isEqual(first.get(0, byte[].class), hash)) {
      throw new MerchantFault(
          ErrorCode.IDEMPOTENCY_CONFLICT,
          "该 Idempotency-Key 已用于另一个请求",
          "the Idempotency-Key was used for another request (expected: the same one)");
    }
    return Optional.ofNullable(first.get(1, String.class)).orElse(Data.NOTHING);
  }

  private static byte[] hash(List<String> request) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : request) {
        byte[] bytes = part.getBytes(UTF_8);
        // with its length, so that no two lists read alike
        digest.update((bytes.length + ":").getBytes(UTF_8));
        digest.update(bytes);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing from this Java", e);
    }
  }
}
