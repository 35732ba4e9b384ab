package io.tollgate.ledger.internal.audit;

import io.tollgate.data.Transaction;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.AuditFinding;
import io.tollgate.ledger.AuditScope;
import io.tollgate.ledger.SealState;
import io.tollgate.ledger.SqlCheck;
import io.tollgate.ledger.internal.Sha256;
import io.tollgate.ledger.internal.seals.SealContent;
import io.tollgate.ledger.internal.seals.SealHeads;
import java.util.List;

/**
 * Recomputes the seals: each follows the one before, has the hash of its members as they are now,
 * and each transfer is a member of one or waits for one.
 */
final class SealChecks {
  /** Every seal, whatever the scope: few rows, and nothing is computed. */
  private static final SqlCheck FOLLOWS =
      new SqlCheck(
          "ledger.seal_chain",
          """
          SELECT 'seal ' || number,
                 format('number %s after %s', number_before + 1, encode(hash_before, 'hex')),
                 format('number %s after %s', number, encode(previous, 'hex'))
            FROM (SELECT number, previous,
                         coalesce(lag(number) OVER seals, 0) AS number_before,
                         coalesce(lag(hash) OVER seals, :first) AS hash_before
                    FROM ledger.seal
                  WINDOW seals AS (ORDER BY number)) s
           WHERE number <> number_before + 1 OR previous <> hash_before
           ORDER BY number
          """
              .replace(":first", "decode(repeat('00', " + Sha256.BYTES + "), 'hex')"));

  /**
   * Names the first member that is not as it was sealed; none, where the seal itself was changed.
   */
  private static final SqlCheck HASH =
      new SqlCheck(
          "ledger.seal",
          """
          SELECT format('seal %s%s', s.number, ', transfer ' || changed.id),
                 'hash ' || encode(s.hash, 'hex'),
                 'hash ' || encode(s.now, 'hex')
            FROM (SELECT s.number, s.hash, s.members, s.marks, h.hash AS now
                    FROM ledger.seal s, LATERAL (:seal) h
                   WHERE s.highest >= :from AND h.hash <> s.hash) s
            LEFT JOIN LATERAL (
              SELECT m.id
                FROM unnest(s.members) WITH ORDINALITY AS m (id, place)
                LEFT JOIN (:content) c ON c.id = m.id
               WHERE c.id IS NULL
                  OR :mark <> substring(s.marks FROM (8 * place - 7)::integer FOR 8)
               ORDER BY place
               LIMIT 1) changed ON true
           ORDER BY s.number
          """
              .replace(":seal", SealContent.seal("s.previous", "s.members"))
              .replace(":content", SealContent.of("s.members"))
              .replace(":mark", SealContent.MARK));

  private static final SqlCheck MEMBER =
      new SqlCheck(
          "ledger.sealed_once",
          """
          SELECT 'transfer ' || coalesce(t.id, m.id), 'in one seal, or waiting for it',
                 CASE WHEN t.id IS NULL THEN 'not there, and '
                      ELSE '' END
                   || coalesce(m.times, 0) || ' times in a seal or waiting'
            FROM (SELECT id FROM ledger.transfer WHERE id >= :from) t
            FULL JOIN (SELECT id, count(*) AS times
                         FROM (SELECT m.id FROM ledger.seal s, unnest(s.members) AS m (id)
                                WHERE s.highest >= :from
                               UNION ALL
                               SELECT transfer_id FROM ledger.unsealed) each
                        WHERE id >= :from
                        GROUP BY id) m ON m.id = t.id
           WHERE m.times IS DISTINCT FROM 1 OR t.id IS NULL
           ORDER BY coalesce(t.id, m.id)
          """);

  private SealChecks() {}

  static List<AuditCheck> all() {
    return List.of(FOLLOWS, new Noted(HASH), MEMBER);
  }

  /** Tells the head of the seals, to be kept outside the database. */
  private record Noted(SqlCheck check) implements AuditCheck {
    @Override
    public String name() {
      return check.name();
    }

    @Override
    public List<AuditFinding> run(Transaction snapshot, AuditScope scope) {
      return check.run(snapshot, scope);
    }

    @Override
    public List<String> notes(Transaction snapshot, AuditScope scope) {
      SealState sealing = snapshot.sql().connectionResult(SealHeads::read);
      return List.of(sealing.toString());
    }
  }
}
