package io.tollgate.tests.installation;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Shows codes as an authenticator does (RFC 6238), from a secret as it is typed into one. */
public final class Authenticator {
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int SEED_BYTES = 20;

  private final byte[] seed;

  public Authenticator(String secret) {
    BigInteger number = BigInteger.ZERO;
    for (char c : secret.toCharArray()) {
      number = number.shiftLeft(5).or(BigInteger.valueOf(BASE32.indexOf(c)));
    }
    byte[] bytes = number.toByteArray();
    byte[] padded = new byte[SEED_BYTES + bytes.length];
    System.arraycopy(bytes, 0, padded, SEED_BYTES, bytes.length);
    this.seed = Arrays.copyOfRange(padded, bytes.length, padded.length);
  }

  /** The code so many steps of 30 seconds from now. */
  public String code(int stepsAhead) {
    long step = System.currentTimeMillis() / 30_000 + stepsAhead;
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(seed, "HmacSHA1"));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
      int truncated = ByteBuffer.wrap(hash, hash[19] & 15, 4).getInt() & 0x7fff_ffff;
      return "%06d".formatted(truncated % 1_000_000);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
