package io.tollgate.metering.internal.database.register;

import static io.tollgate.schema.metering.Tables.INCARNATION;
import static io.tollgate.schema.metering.Tables.PASSAGE;

import io.tollgate.data.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Starts of gateway processes on one data directory. Whoever opens one holds the directory's lock,
 * so every earlier one of that directory has ended.
 */
public final class IncarnationTable {

  /** Ends what was open on the directory. */
  public List<UUID> endOthers(Transaction transaction, UUID directory, Instant now) {
    return transaction
        .sql()
        .update(INCARNATION)
        .set(INCARNATION.ENDED_AT, now)
        .where(INCARNATION.DATA_DIRECTORY.eq(directory))
        .and(INCARNATION.ENDED_AT.isNull())
        .returning(INCARNATION.ID)
        .fetch(INCARNATION.ID);
  }

  public void open(Transaction transaction, UUID id, UUID directory, Instant now) {
    transaction
        .sql()
        .insertInto(INCARNATION)
        .set(INCARNATION.ID, id)
        .set(INCARNATION.DATA_DIRECTORY, directory)
        .set(INCARNATION.STARTED_AT, now)
        .execute();
  }

  public void endCleanly(Transaction transaction, UUID id, Instant now) {
    transaction
        .sql()
        .update(INCARNATION)
        .set(INCARNATION.ENDED_AT, now)
        .set(INCARNATION.CLEAN, true)
        .where(INCARNATION.ID.eq(id))
        .execute();
  }

  /** Ended incarnations, on whatever directory, of which requests wait for their tenant's rule. */
  public List<UUID> endedInDoubt(Transaction transaction) {
    return transaction
        .sql()
        .selectDistinct(PASSAGE.INCARNATION)
        .from(PASSAGE)
        .join(INCARNATION)
        .on(INCARNATION.ID.eq(PASSAGE.INCARNATION))
        .where(INCARNATION.ENDED_AT.isNotNull())
        .and(PASSAGE.IN_DOUBT_SINCE.isNull())
        .fetch(PASSAGE.INCARNATION);
  }

  /** Every incarnation of the directory that has ended. */
  public List<UUID> ended(Transaction transaction, UUID directory) {
    return transaction
        .sql()
        .select(INCARNATION.ID)
        .from(INCARNATION)
        .where(INCARNATION.DATA_DIRECTORY.eq(directory))
        .and(INCARNATION.ENDED_AT.isNotNull())
        .fetch(INCARNATION.ID);
  }
}
