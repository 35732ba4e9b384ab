package io.tollgate.relay.accounts;

/** Seals by flipping bits with the associated text, and checks that it fits when opening. */
final class XorBox implements SecretBox {
  @Override
  public byte[] seal(byte[] plain, String associated) {
    byte[] sealed = new byte[plain.length + 1];
    sealed[0] = (byte) associated.hashCode();
    for (int i = 0; i < plain.length; i++) {
      sealed[i + 1] = (byte) ~plain[i];
    }
    return sealed;
  }

  @Override
  public byte[] open(byte[] sealed, String associated) {
    if (sealed.length < 2 || sealed[0] != (byte) associated.hashCode()) {
      throw new IllegalStateException("does not open");
    }
    byte[] plain = new byte[sealed.length - 1];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = (byte) ~sealed[i + 1];
    }
    return plain;
  }
}
