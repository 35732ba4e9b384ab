package io.tollgate.identity.internal;

import io.tollgate.data.Notifications;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;

/**
 * Hears from the database's triggers which keys and tokens have changed, by the hash of their
 * secret, or that any may have. Listeners are told first whether they can rely on that: only then
 * do they believe for long what they have read.
 */
public final class CredentialChanges implements Notifications.Listener {
  /** The triggers' channel; see the migrations. */
  public static final String CHANNEL = "tollgate_credentials";

  private static final String ALL = "*";

  private final List<Listener> listeners;

  public CredentialChanges(List<Listener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  /** Changes of credentials. On one thread; must not block. */
  public interface Listener {
    /** From now on every change is told. */
    void heard();

    /** From now on changes may go by untold. */
    void deaf();

    void changed(SecretHash hash);

    void allChanged();
  }

  @Override
  public void notified(String payload) {
    if (payload.equals(ALL)) {
      listeners.forEach(Listener::allChanged);
      return;
    }
    byte[] hash = HexFormat.of().parseHex(payload);
    if (hash.length != SecretHash.BYTES) {
      throw new IllegalArgumentException(
          "hash of " + hash.length + " bytes (expected: " + SecretHash.BYTES + ")");
    }
    listeners.forEach(listener -> listener.changed(SecretHash.of(ByteBuffer.wrap(hash))));
  }

  @Override
  public void missed() {
    listeners.forEach(Listener::heard);
  }

  @Override
  public void lost() {
    listeners.forEach(Listener::deaf);
  }
}
