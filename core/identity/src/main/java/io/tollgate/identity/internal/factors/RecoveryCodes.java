package io.tollgate.identity.internal.factors;

import static io.tollgate.schema.identity.Tables.RECOVERY_CODE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.data.Transaction;
import io.tollgate.identity.internal.RandomText;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Recovery codes: ten, each of twelve letters and digits (60 bits), good once. They are kept as
 * keyed hashes, bound to their owner.
 */
final class RecoveryCodes {
  private static final int CODES = 10;
  private static final int LETTERS = 12;
  private static final int GROUP = 4;

  private final RandomText random;
  private final SecretKey key;

  RecoveryCodes(RandomText random, SecretKey key) {
    this.random = random;
    this.key = key;
  }

  /** Makes new ones in place of all that are. */
  List<String> renew(Transaction transaction, OwnerKey owner) {
    int _ =
        transaction
            .sql()
            .deleteFrom(RECOVERY_CODE)
            .where(RECOVERY_CODE.OWNER_KIND.eq(owner.kind()))
            .and(RECOVERY_CODE.OWNER_ID.eq(owner.id()))
            .execute();
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < CODES; i++) {
      String code = random.readable(LETTERS);
      int _ =
          transaction
              .sql()
              .insertInto(RECOVERY_CODE)
              .set(RECOVERY_CODE.OWNER_KIND, owner.kind())
              .set(RECOVERY_CODE.OWNER_ID, owner.id())
              .set(RECOVERY_CODE.CODE_HASH, hash(owner, code))
              .execute();
      codes.add(grouped(code));
    }
    return codes;
  }

  /** Uses one; whether it was one. */
  boolean use(Transaction transaction, OwnerKey owner, String given) {
    String plain = given.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
    return transaction
            .sql()
            .deleteFrom(RECOVERY_CODE)
            .where(RECOVERY_CODE.OWNER_KIND.eq(owner.kind()))
            .and(RECOVERY_CODE.OWNER_ID.eq(owner.id()))
            .and(RECOVERY_CODE.CODE_HASH.eq(hash(owner, plain)))
            .execute()
        == 1;
  }

  int left(Transaction transaction, OwnerKey owner) {
    return transaction
        .sql()
        .fetchCount(
            RECOVERY_CODE,
            RECOVERY_CODE.OWNER_KIND.eq(owner.kind()).and(RECOVERY_CODE.OWNER_ID.eq(owner.id())));
  }

  private byte[] hash(OwnerKey owner, String code) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal((owner + " " + code).getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is missing from this Java", e);
    }
  }

  private static String grouped(String code) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < code.length(); i += GROUP) {
      text.append(i == 0 ? "" : "-").append(code, i, i + GROUP);
    }
    return text.toString();
  }
}
