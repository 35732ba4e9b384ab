package io.tollgate.identity.internal.changes;

import static io.tollgate.schema.identity.Tables.ADMIN;

import io.tollgate.data.Transaction;
import java.util.Locale;
import org.jooq.impl.DSL;

/** Which names administrators have. */
final class AdminNames {
  private AdminNames() {}

  /** Whether an administrator has this name, whatever its case. */
  static boolean known(Transaction transaction, String name) {
    return !name.contains("\0")
        && transaction
            .sql()
            .fetchExists(
                DSL.selectOne()
                    .from(ADMIN)
                    .where(DSL.lower(ADMIN.USERNAME).eq(name.toLowerCase(Locale.ROOT))));
  }
}
