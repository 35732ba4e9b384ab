package io.tollgate.tests.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports nobody listens on; a process that is killed and started again keeps its own. From below
 * those that the system gives to connections and to whoever asks for any: they stay free until they
 * are used.
 */
public final class FreePorts {
  private static final int LOWEST = 15_000;
  private static final int BEYOND = 32_000;
  private static final int TRIES = 1_000;

  private FreePorts() {}

  public static int next() {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, BEYOND);
      if (isFree(port)) {
        return port;
      }
    }
    throw new AssertionError("no free port from " + LOWEST + " to " + BEYOND);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException _) {
      return false;
    }
  }
}
