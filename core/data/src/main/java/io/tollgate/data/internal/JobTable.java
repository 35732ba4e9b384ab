package io.tollgate.data.internal;

import static io.tollgate.schema.data.Tables.JOB;

import io.tollgate.data.Transactions;
import java.time.Duration;
import org.jooq.impl.DSL;

/** When each job ran and runs next, by the database's clock: one clock for the whole cluster. */
final class JobTable {
  private final Transactions transactions;

  JobTable(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Makes the job's row, due at once, where there is none. */
  void register(String name) {
    int _ =
        transactions.write(
            transaction ->
                transaction
                    .sql()
                    .execute(
                        "INSERT INTO data.job (name, next_run_at) VALUES (?, clock_timestamp())"
                            + " ON CONFLICT DO NOTHING",
                        name));
  }

  /**
   * Time until the job is due; zero or negative when it is. One that ran in the future was run
   * before the clock was set back, and is due.
   */
  Duration untilDue(String name) {
    return transactions.read(
        transaction ->
            Duration.ofMillis(
                transaction
                    .sql()
                    .fetchOptional(
                        "SELECT CASE WHEN started_at > clock_timestamp() THEN 0 ELSE"
                            + " ceil(extract(epoch FROM next_run_at - clock_timestamp()) * 1000)"
                            + " END::bigint FROM data.job WHERE name = ?",
                        name)
                    .map(row -> row.get(0, long.class))
                    .orElse(0L)));
  }

  /** Notes that the job starts now, unless it is not due; says whether it does. */
  boolean startIfDue(String name, Duration interval) {
    return transactions.write(
            transaction ->
                transaction
                    .sql()
                    .execute(
                        "UPDATE data.job SET started_at = clock_timestamp(), next_run_at ="
                            + " clock_timestamp() + ? * interval '1 millisecond' WHERE name = ?"
                            + " AND (next_run_at <= clock_timestamp()"
                            + " OR started_at > clock_timestamp())",
                        interval.toMillis(),
                        name))
        == 1;
  }

  void ended(String name) {
    int _ =
        transactions.write(
            transaction ->
                transaction
                    .sql()
                    .update(JOB)
                    .set(JOB.ENDED_AT, DSL.currentInstant())
                    .set(JOB.FAILURES, 0)
                    .setNull(JOB.LAST_ERROR)
                    .where(JOB.NAME.eq(name))
                    .execute());
  }

  /**
   * @param fault kind of the error; its message stays in the log
   */
  void failed(String name, String fault) {
    int _ =
        transactions.write(
            transaction ->
                transaction
                    .sql()
                    .update(JOB)
                    .set(JOB.ENDED_AT, DSL.currentInstant())
                    .set(JOB.FAILURES, JOB.FAILURES.plus(1))
                    .set(JOB.LAST_ERROR, fault)
                    .where(JOB.NAME.eq(name))
                    .execute());
  }
}
