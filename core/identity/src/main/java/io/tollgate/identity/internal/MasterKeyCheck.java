package io.tollgate.identity.internal;

import static io.tollgate.schema.identity.Tables.MASTER_KEY_CHECK;

import io.tollgate.data.Transactions;
import io.tollgate.ground.config.SettingsException;
import io.tollgate.identity.MasterKey;
import java.security.MessageDigest;

/** Tells a wrong master key at start, before anything is sealed or signed with it. */
public final class MasterKeyCheck {
  private MasterKeyCheck() {}

  /** Compares the key with the one the database was set up with; the first key ever is noted. */
  public static void check(Transactions transactions, MasterKey masterKey) {
    byte[] value = masterKey.derive("Generic", "master key check").getEncoded();
    byte[] expected =
        transactions.write(
            transaction -> {
              transaction
                  .sql()
                  .insertInto(MASTER_KEY_CHECK)
                  .set(MASTER_KEY_CHECK.ONLY_ROW, true)
                  .set(MASTER_KEY_CHECK.CHECK_VALUE, value)
                  .onConflictDoNothing()
                  .execute();
              return transaction
                  .sql()
                  .select(MASTER_KEY_CHECK.CHECK_VALUE)
                  .from(MASTER_KEY_CHECK)
                  .fetchSingle()
                  .value1();
            });
    if (!MessageDigest.isEqual(value, expected)) {
      throw new SettingsException(
          "master.key: not the key this database was set up with (expected: the setting or the"
              + " file master.key of the data directory of its first start)");
    }
  }
}
