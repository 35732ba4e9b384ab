package io.tollgate.ledger.internal.seals;

import io.tollgate.ledger.internal.Sha256;

/**
 * The bytes of a transfer that its seal covers, as SQL, one text for the writer of seals and the
 * audit: the columns of the transfer and then of its entries by number, each row as PostgreSQL
 * sends records ({@code record_send}: number of columns, then per column type, length and value in
 * binary).
 *
 * <p>{@code hash = SHA-256(hash of the seal before || content of each member in the order of ids)}.
 */
public final class SealContent {
  /** The hash before the first seal. */
  static final byte[] FIRST = new byte[Sha256.BYTES];

  private static final String OF_MEMBERS =
      """
      SELECT t.id,
             record_send(ROW (t.id, t.tenant_id, t.kind, t.operation, t.idempotency_key,
                              t.request_hash, t.reference, t.reason, t.reverses, t.effective_at,
                              t.posted_at))
               || coalesce((SELECT string_agg(
                                     record_send(ROW (e.seq, e.account_id, e.shard, e.account_seq,
                                                      e.amount, e.balance_after, e.charge_id)),
                                     ''::bytea ORDER BY e.seq)
                              FROM ledger.entry e
                             WHERE e.transfer_id = t.id), ''::bytea) AS content
        FROM ledger.transfer t
       WHERE t.id = ANY (:members)
      """;

  /** First bytes of the hash of a member's content. */
  public static final String MARK = "substring(sha256(content) FROM 1 FOR 8)";

  private SealContent() {}

  /** A query of {@code id} and {@code content}; a member that is not there has no row. */
  public static String of(String members) {
    return OF_MEMBERS.replace(":members", members);
  }

  /** A query of the one row {@code hash}, {@code marks} and {@code entries}. */
  public static String seal(String previous, String members) {
    return """
    SELECT sha256(:previous || coalesce(string_agg(content, ''::bytea ORDER BY id), ''::bytea))
             AS hash,
           coalesce(string_agg(:mark, ''::bytea ORDER BY id), ''::bytea) AS marks
      FROM (:content) c
    """
        .replace(":previous", previous)
        .replace(":mark", MARK)
        .replace(":content", of(members));
  }
}
