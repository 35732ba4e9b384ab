package io.tollgate.bench.settlement;

import io.tollgate.bench.program.BooksView;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What most billing does: one transaction per charge, by a stored function that locks, checks and
 * posts two entries, called by several connections. Each caller has a receiving account of its own,
 * so that they meet at the payer only.
 */
final class ChargesOneByOne {
  static final int CALLERS = 8;

  static final String FUNCTION =
      """
      CREATE FUNCTION bench.charge(payer bigint, payee bigint, charge uuid, units bigint)
      RETURNS boolean LANGUAGE plpgsql AS $$
      DECLARE
        paying bench.account;
        receiving bench.account;
      BEGIN
        INSERT INTO bench.transfer (id, idempotency_key, posted_at)
        VALUES (charge, charge::text, now()) ON CONFLICT DO NOTHING;
        IF NOT FOUND THEN
          RETURN false;
        END IF;
        SELECT * INTO paying FROM bench.account WHERE id = payer FOR NO KEY UPDATE;
        IF paying.balance < units THEN
          RAISE EXCEPTION 'insufficient means';
        END IF;
        UPDATE bench.account SET balance = balance - units, account_seq = account_seq + 1
         WHERE id = payer RETURNING * INTO paying;
        UPDATE bench.account SET balance = balance + units, account_seq = account_seq + 1
         WHERE id = payee RETURNING * INTO receiving;
        INSERT INTO bench.entry
               (transfer_id, seq, account_id, shard, account_seq, amount, balance_after, charge_id)
        VALUES (charge, 1, payer, 0, paying.account_seq, -units, paying.balance, charge),
               (charge, 2, payee, 0, receiving.account_seq, units, receiving.balance, charge);
        RETURN true;
      END
      $$""";

  private ChargesOneByOne() {}

  /**
   * Charges for some time.
   *
   * @param accounts payers, drawn at random
   * @return how many were charged
   */
  static int run(Path data, int accounts, int seconds) throws IOException, InterruptedException {
    long until = System.nanoTime() + seconds * 1_000_000_000L;
    int charged = 0;
    try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
      List<Future<Integer>> all = new ArrayList<>();
      for (int caller = 1; caller <= CALLERS; caller++) {
        int payee = -caller;
        all.add(callers.submit(() -> call(data, accounts, payee, until)));
      }
      for (Future<Integer> one : all) {
        charged += one.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("charging one by one: " + e.getCause(), e);
    }
    return charged;
  }

  private static int call(Path data, int accounts, int payee, long until)
      throws IOException, SQLException {
    SplittableRandom random = new SplittableRandom(System.nanoTime() ^ payee);
    int charged = 0;
    try (Connection connection = BooksView.connect(data);
        PreparedStatement charge =
            connection.prepareStatement("SELECT bench.charge(?, ?, ?, 2000)")) {
      while (System.nanoTime() < until) {
        charge.setLong(1, 1 + random.nextInt(accounts));
        charge.setLong(2, payee);
        charge.setObject(3, new UUID(random.nextLong(), random.nextLong()));
        charge.execute();
        charged++;
      }
    }
    return charged;
  }
}
