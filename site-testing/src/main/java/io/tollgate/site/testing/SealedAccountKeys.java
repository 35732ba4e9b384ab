package io.tollgate.site.testing;

import io.tollgate.identity.MasterKey;
import io.tollgate.relay.accounts.SecretBox;
import java.security.SecureRandom;

/** Seals the keys of provider accounts under the master key, as the program does. */
public final class SealedAccountKeys implements SecretBox {
  /** What the program calls the use of this key; what it sealed can be opened here. */
  private static final String PURPOSE = "upstream account keys";

  private final io.tollgate.identity.SecretBox box;

  private SealedAccountKeys(io.tollgate.identity.SecretBox box) {
    this.box = box;
  }

  /** Sealed under this key. */
  public static SealedAccountKeys under(MasterKey masterKey, SecureRandom random) {
    return new SealedAccountKeys(masterKey.secretBox(PURPOSE, random));
  }

  @Override
  public byte[] seal(byte[] plain, String associated) {
    return box.seal(plain, associated);
  }

  @Override
  public byte[] open(byte[] sealed, String associated) {
    return box.open(sealed, associated);
  }
}
